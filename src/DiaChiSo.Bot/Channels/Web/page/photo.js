// A photo of a QR code: taken by the phone's camera, made small here, so that a weak network carries it. Drawn anew, it has no EXIF any more.
(function (bot) {
  'use strict';

  var LONGEST = 1280, QUALITY = 0.7;

  function find(id) { return document.getElementById(id); }

  /** send(picture) takes a JPEG as a data: URI. */
  bot.Photo = function (send) {
    var opener = find('photo-open'), file = find('photo-file'), state = find('photo-state');

    function tell(word) {
      state.hidden = !word;
      state.textContent = word ? bot.word(word) : '';
      opener.disabled = false;
    }

    function drawn(image) {
      var shrink = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
      var canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(image.naturalWidth * shrink));
      canvas.height = Math.max(1, Math.round(image.naturalHeight * shrink));
      var paper = canvas.getContext('2d');
      paper.fillStyle = '#fff';
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.imageSmoothingQuality = 'high';
      paper.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL('image/jpeg', QUALITY);
    }

    function take(chosen) {
      opener.disabled = true;
      var reader = new FileReader(), image = new Image();
      reader.onerror = image.onerror = function () { tell('photoBroken'); };
      reader.onload = function () { image.src = reader.result; };
      image.onload = function () {
        var picture = '';
        // An old phone may have no memory left for it.
        try { picture = drawn(image); } catch (e) { picture = ''; }
        if (picture.indexOf('data:image/jpeg') !== 0) { tell('photoBroken'); return; }
        tell('');
        send(picture);
      };
      reader.readAsDataURL(chosen);
    }

    opener.addEventListener('click', function () { tell(''); file.click(); });
    file.addEventListener('change', function () {
      var chosen = file.files && file.files[0];
      // The same picture may be chosen once more.
      if (chosen) { take(chosen); }
      file.value = '';
    });
  };
})(window.bot = window.bot || {});
