// Asks the browser where it is, shows it, lets the person correct it, and hands it over once.
(function (vt) {
  'use strict';

  // The best fix of some seconds is kept: the first one is often a guess by the network. GOOD is the least that is believed at once.
  var GOOD_METRES = 10, LEAST_WATCH = 2500, LONGEST_WATCH = 20000, GIVE_UP = 30000, ROUGH_METRES = 30, LOOK_AGAIN_METRES = 60;

  var words = {
    locating: ['Đang tìm vị trí của máy…', 'Finding this device…'],
    better: ['Sai số <b>{m} m</b>, em đợi thêm cho đúng…', 'Within {m} m; waiting for a better fix…'],
    good: ['Sai số khoảng <b>{m} m</b>. Ghim đỏ đúng cổng chưa ạ? Chưa đúng thì kéo ghim.', 'Within about {m} m. If the red pin is not at the gate, drag it.'],
    rough: ['Còn lệch khoảng <b>{m} m</b>. Anh/chị ra chỗ thoáng rồi đo lại, hoặc kéo ghim đỏ tới cổng.', 'Only within {m} m: measure again in the open, or drag the red pin to the gate.'],
    shifted: ['Ghim đã dời <b>{m} m</b> về phía {way}. Đúng cổng rồi thì bấm gửi.', 'The pin was moved {m} m {enWay}.'],
    typed: ['Đây là chỗ anh/chị gõ. Ghim đỏ đúng cổng chưa ạ?', 'This is the place you typed. Is the red pin at the gate?'],
    reading: ['Đang xem chỗ này…', 'Looking…'],
    denied: ['Máy chưa cho trang này biết vị trí. Anh/chị bật quyền vị trí cho trình duyệt trong cài đặt rồi thử lại, hoặc gõ hai số ở dưới.', 'The browser refused. Allow the location in the settings and try again, or type two numbers below.'],
    lost: ['Chưa tìm được vị trí. Anh/chị bật GPS, ra chỗ thoáng rồi thử lại, hoặc gõ hai số ở dưới.', 'No position found. Switch GPS on, go outside and try again, or type two numbers below.'],
    insecure: ['Trang này mở không qua https nên máy không cho biết vị trí. Anh/chị gõ hai số ở dưới nhé.', 'Opened without https, so the browser does not tell where it is. Please type two numbers below.'],
    wrong: ['Em chưa đọc được hai số này. Vĩ độ trước, kinh độ sau, ví dụ 21.85630, 103.32910.', 'I could not read that. Latitude first, then longitude, for example 21.85630, 103.32910.'],
    outside: ['Vị trí này không nằm ở Việt Nam. Anh/chị xem lại giúp em, có thể hai số bị đổi chỗ.', 'This place is not in Vietnam; the two numbers may be swapped.'],
    sending: ['Đang gửi…', 'Sending…'],
    unsent: ['Chưa gửi được, có thể mạng yếu. Anh/chị bấm gửi lại nhé.', 'Not sent; the network may be weak. Please press again.'],
    slow: ['Anh/chị chờ một phút rồi bấm lại giúp em nhé.', 'Please wait a minute and press again.'],
    over: ['Đường dẫn đã hết hạn. Anh/chị quay lại tin nhắn và nhắn chữ «vị trí», em gửi đường dẫn mới.', 'This link has expired. Go back to the chat and write “place” for a new one.'],
    sent: ['Đã gửi vị trí', 'Anh/chị quay lại tin nhắn nhé, em đã nhận và trả lời ở đó.', 'Sent. Please go back to the chat; the answer is there.'],
    already: ['Vị trí đã được gửi rồi', 'Anh/chị quay lại tin nhắn nhé.', 'It was sent already. Please go back to the chat.']
  };
  var WAYS = [['bắc', 'north'], ['đông bắc', 'northeast'], ['đông', 'east'], ['đông nam', 'southeast'], ['nam', 'south'], ['tây nam', 'southwest'], ['tây', 'west'], ['tây bắc', 'northwest']];

  function find(id) { return document.getElementById(id); }

  var state = find('state'), mapBox = find('map-box'), finder = find('find'), sender = find('send'), again = find('again'), back = find('back'), other = find('other');
  var best = null, watching = null, timers = [], startedAt = 0, isTyped = false, isBusy = false, lookedAt = null, byHand = false;
  var map = new vt.Map(find('map'), function () { byHand = true; tellPlace(); });

  // The only markup is that of the words above; {m} is a number of our own.
  function tell(name, holes, isWarning) {
    var pair = words[name] || words.unsent, html = [], i;
    for (i = 0; i < 2; i++) { html.push(pair[i].replace(/\{(\w+)\}/g, function (whole, key) { return holes && holes[key] !== undefined ? holes[key] : ''; })); }
    state.innerHTML = '<p' + (isWarning ? ' class="warning"' : '') + '>' + html[0] + ' <span lang="en">' + html[1] + '</span></p>';
  }

  function show(map, sending, measuring) {
    mapBox.hidden = !map;
    find('stand').hidden = map;
    sender.hidden = !sending;
    again.hidden = !measuring;
    finder.hidden = map;
    back.hidden = !(map && best && !isTyped && byHand);
  }

  function metres(value) { return value < 10 ? Math.max(1, Math.round(value)) : value < 1000 ? Math.round(value) : Math.round(value / 100) * 100; }

  function tellPlace() {
    if (watching !== null) { return; }
    var shift = map.shift(), way = WAYS[(Math.round(Math.atan2(shift.east, shift.north) / (Math.PI / 4)) + 8) % 8];
    if (shift.metres >= 0.5) {
      tell('shifted', { m: metres(shift.metres), way: way[0], enWay: way[1] });
    } else if (isTyped) {
      tell('typed');
    } else {
      tell(best.accuracy > ROUGH_METRES ? 'rough' : 'good', { m: metres(best.accuracy) }, best.accuracy > ROUGH_METRES);
    }
    back.hidden = isTyped || shift.metres < 0.5;
  }

  // --- the phone's own place -----------------------------------------------------------------------------------------------------

  function stop() {
    if (watching !== null) { navigator.geolocation.clearWatch(watching); }
    watching = null;
    for (var i = 0; i < timers.length; i++) { clearTimeout(timers[i]); }
    timers = [];
    finder.disabled = false;
  }

  function settle() {
    stop();
    show(true, true, true);
    tellPlace();
    lookAround(map.pin());
  }

  function failed(name) {
    stop();
    show(false, false, false);
    tell(name, null, true);
    other.open = true;
    other.setAttribute('open', '');
  }

  function locate() {
    if (watching !== null) { return; }
    if (window.isSecureContext === false) { failed('insecure'); return; }
    if (!navigator.geolocation) { failed('lost'); return; }
    best = null;
    isTyped = byHand = false;
    lookedAt = null;
    map.forget();
    startedAt = Date.now();
    show(false, false, false);
    finder.disabled = true;
    tell('locating');
    watching = navigator.geolocation.watchPosition(function (fix) {
      if (watching === null) { return; }
      var c = fix.coords;
      if (!best || c.accuracy < best.accuracy) {
        best = { latitude: c.latitude, longitude: c.longitude, accuracy: c.accuracy };
        map.setFix(best, !byHand);
        lookAround(best);
      }
      // Early enough for whoever is in a hurry: the button stands there with the first fix.
      show(true, true, false);
      tell('better', { m: metres(best.accuracy) });
      if (best.accuracy <= GOOD_METRES && Date.now() - startedAt >= LEAST_WATCH) { settle(); }
    }, function (fault) {
      if (watching !== null && !best) { failed(fault.code === 1 ? 'denied' : 'lost'); }
    }, { enableHighAccuracy: true, maximumAge: 0, timeout: GIVE_UP });
    timers.push(setTimeout(function () { if (best && best.accuracy <= GOOD_METRES) { settle(); } }, LEAST_WATCH));
    timers.push(setTimeout(function () { if (best) { settle(); } }, LONGEST_WATCH));
    timers.push(setTimeout(function () { if (!best) { failed('lost'); } }, GIVE_UP));
  }

  // --- the bot ---------------------------------------------------------------------------------------------------------------------

  function post(path, body, answered) {
    var request = new XMLHttpRequest();
    request.open('POST', location.pathname + path);
    request.setRequestHeader('Content-Type', 'application/json');
    request.timeout = 20000;
    request.onload = function () {
      var json = null;
      try { json = JSON.parse(request.responseText); } catch (ignored) { /* a proxy's own page */ }
      answered(request.status, json || {});
    };
    request.onerror = request.ontimeout = function () { answered(0, {}); };
    request.send(JSON.stringify(body));
  }

  function far(a, b) { return Math.abs(a.latitude - b.latitude) * 111195 + Math.abs(a.longitude - b.longitude) * 103000; }

  // Looked up with the first fix, and again where that was far off. The map works without it.
  function lookAround(place) {
    if (!place || (lookedAt && far(lookedAt, place) < LOOK_AGAIN_METRES)) { return; }
    lookedAt = { latitude: place.latitude, longitude: place.longitude };
    post('/around', lookedAt, function (status, found) {
      if (status === 200) { showAround(found); } else { ended(status, found); }
    });
  }

  function showAround(found) {
    map.setAround(found);
    find('map-name').textContent = found.commune ? (found.isGuess ? 'Có lẽ thuộc ' : 'Thuộc ') + found.commune : '';
  }

  // True where the address itself is at its end: then nothing else matters.
  function ended(status, answer) {
    if (status === 410 && answer.state === 'used') { done('already'); return true; }
    if (status === 410 || status === 404) {
      stop();
      show(false, false, false);
      finder.hidden = true;
      other.hidden = true;
      tell('over', null, true);
      return true;
    }
    if (status === 400 && answer.state === 'outside') {
      stop();
      failed('outside');
      return true;
    }
    return false;
  }

  function send() {
    var pin = map.pin(), shift = map.shift();
    if (isBusy || !pin) { return; }
    stop();
    isBusy = sender.disabled = true;
    tell('sending');
    var body = { latitude: Number(pin.latitude.toFixed(7)), longitude: Number(pin.longitude.toFixed(7)) };
    // A hand that corrects does not make the phone better: its circle stays, and who goes beyond it says that it was wrong by so much.
    if (!isTyped && best) { body.accuracy = Number(Math.max(best.accuracy, shift.metres, 0.1).toFixed(1)); }
    post('', body, function (status, answer) {
      isBusy = sender.disabled = false;
      if (status === 200) { done(answer.state === 'already' ? 'already' : 'sent'); return; }
      if (ended(status, answer)) { return; }
      show(true, true, true);
      tell(status === 429 ? 'slow' : 'unsent', null, true);
    });
  }

  function done(name) {
    stop();
    find('ask').hidden = true;
    find('done').hidden = false;
    find('done-title').textContent = words[name][0];
    find('done-words').innerHTML = words[name][1] + ' <span lang="en">' + words[name][2] + '</span>';
    find('done-title').focus();
  }

  function typed(event) {
    event.preventDefault();
    var text = find('words').value.trim();
    if (isBusy) { return; }
    if (!/\d/.test(text)) { tell('wrong', null, true); find('words').focus(); return; }
    stop();
    isBusy = true;
    tell('reading');
    post('/around', { words: text }, function (status, found) {
      isBusy = false;
      if (status === 200) {
        best = null;
        isTyped = true;
        byHand = false;
        lookedAt = { latitude: found.latitude, longitude: found.longitude };
        map.setTyped(lookedAt);
        show(true, true, true);
        other.removeAttribute('open');
        showAround(found);
        tell('typed');
        sender.focus();
      } else if (!ended(status, found)) {
        tell(status === 400 ? 'wrong' : status === 429 ? 'slow' : 'unsent', null, true);
        find('words').focus();
      }
    });
  }

  finder.addEventListener('click', locate);
  again.addEventListener('click', locate);
  sender.addEventListener('click', send);
  back.addEventListener('click', function () { map.putBack(); byHand = false; tellPlace(); });
  find('nearer').addEventListener('click', function () { map.zoomBy(1.5); });
  find('farther').addEventListener('click', function () { map.zoomBy(1 / 1.5); });
  find('typed').addEventListener('submit', typed);
})(window.vt = window.vt || {});
