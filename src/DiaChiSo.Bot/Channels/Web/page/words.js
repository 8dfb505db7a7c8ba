// Words of the page itself; what the bot says comes with its messages. ES5 throughout: old Android WebViews read this.
(function (bot) {
  'use strict';

  var words = {
    vi: {
      title: 'Địa chỉ số', subtitle: 'Hỏi đáp mã số nhà', menu: 'Menu', other: 'English', otherCode: 'en',
      log: 'Cuộc trò chuyện', older: 'Xem tin cũ hơn',
      remembered: 'Máy này nhớ cuộc trò chuyện để anh/chị làm tiếp hôm khác.', forget: 'Quên trên máy này', forgetSure: 'Chạm lần nữa để quên',
      yourMessage: 'Tin nhắn của anh/chị', placeholder: 'Mã hoặc địa chỉ', send: 'Gửi', close: 'Đóng',
      you: 'Anh/chị: ', bot: 'Bot: ', choices: 'Các lựa chọn',
      sending: 'đang gửi…', waiting: 'chờ mạng để gửi', failed: 'Chưa gửi được. Chạm để gửi lại.', refused: 'Tin này không gửi được. Anh/chị viết ngắn hơn rồi gửi lại nhé.',
      connecting: 'Đang nối lại…', offline: 'Mất mạng. Anh/chị cứ viết, có mạng em gửi tiếp.',
      openPicture: 'Xem hình lớn', openFile: 'Mở tệp PDF', openMap: 'Mở bản đồ', myPlace: 'Vị trí của tôi', photo: 'Ảnh đã gửi',
      photoShort: 'Ảnh QR', photoSend: 'Gửi ảnh mã QR', photoBroken: 'Máy không mở được ảnh này. Anh/chị chụp lại, hoặc gõ 10 số dưới mã QR nhé.',
      placeShort: 'Vị trí', placeTitle: 'Gửi vị trí', placeMine: 'Gửi vị trí của tôi', placeLabel: 'Hoặc gõ toạ độ, ví dụ 21.85630, 103.32910',
      locating: 'Đang tìm vị trí của máy. Anh/chị đứng ở chỗ thoáng nhé.', accuracy: 'Sai số khoảng {m} m, em đợi thêm cho đúng.', sendNow: 'Gửi luôn vị trí này',
      placeRefused: 'Máy chưa cho trang này biết vị trí. Anh/chị bật quyền vị trí trong cài đặt, hoặc gõ toạ độ vào ô dưới.',
      placeInsecure: 'Trang này mở không qua https nên máy không cho biết vị trí. Anh/chị gõ toạ độ vào ô dưới nhé.',
      placeLost: 'Chưa tìm được vị trí. Anh/chị ra chỗ thoáng rồi thử lại, hoặc gõ toạ độ vào ô dưới.',
      placeWrong: 'Em chưa đọc được toạ độ này. Anh/chị gõ vĩ độ trước, kinh độ sau, ví dụ 21.85630, 103.32910.'
    },
    en: {
      title: 'Addresses', subtitle: 'Digital codes', menu: 'Menu', other: 'Tiếng Việt', otherCode: 'vi',
      log: 'Conversation', older: 'Earlier messages',
      remembered: 'This device remembers the talk, so you can go on another day.', forget: 'Forget on this device', forgetSure: 'Tap again to forget',
      yourMessage: 'Your message', placeholder: 'Code or address', send: 'Send', close: 'Close',
      you: 'You: ', bot: 'Bot: ', choices: 'Choices',
      sending: 'sending…', waiting: 'waiting for the network', failed: 'Not sent. Tap to send again.', refused: 'This message cannot be sent. Please write a shorter one.',
      connecting: 'Connecting again…', offline: 'No network. Go on writing; it is sent when the network is back.',
      openPicture: 'Open the picture', openFile: 'Open the PDF file', openMap: 'Open the map', myPlace: 'My position', photo: 'Photo sent',
      photoShort: 'QR', photoSend: 'Send a photo of a QR code', photoBroken: 'This device cannot open that picture. Take it again, or type the 10 digits below the QR.',
      placeShort: 'Place', placeTitle: 'Send a position', placeMine: 'Send my position', placeLabel: 'Or type coordinates, for example 21.85630, 103.32910',
      locating: 'Finding this device. Please stand in the open.', accuracy: 'Within about {m} m; waiting for a better fix.', sendNow: 'Send this position now',
      placeRefused: 'This device does not tell the page where it is. Allow it in the settings, or type coordinates below.',
      placeInsecure: 'This page was opened without https, so the device does not tell where it is. Please type coordinates below.',
      placeLost: 'No position found. Go outside and try again, or type coordinates below.',
      placeWrong: 'I could not read these coordinates. Latitude first, then longitude, for example 21.85630, 103.32910.'
    }
  };

  bot.language = 'vi';
  bot.word = function (name) { return words[bot.language][name]; };

  /** Puts the page into a language: everything marked data-word, and the labels. */
  bot.speak = function (language) {
    if (!words[language]) { return; }
    bot.language = language;
    document.documentElement.lang = language;
    document.title = bot.word('title');
    var marked = document.querySelectorAll('[data-word]');
    for (var i = 0; i < marked.length; i++) { marked[i].textContent = bot.word(marked[i].getAttribute('data-word')); }
    document.getElementById('words').placeholder = bot.word('placeholder');
    document.getElementById('log').setAttribute('aria-label', bot.word('log'));
    var other = document.getElementById('language');
    other.textContent = bot.word('other');
    other.lang = bot.word('otherCode');
  };
})(window.bot = window.bot || {});
