// A small map without tiles: what a person at the gate can check a pin by. Metres east and north of the first place. ES5 throughout: old Android WebViews read this.
(function (vt) {
  'use strict';

  var SVG = 'http://www.w3.org/2000/svg', METRES_PER_DEGREE = 6371008.8 * Math.PI / 180;
  var NICE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000];

  function nice(least) {
    for (var i = 0; i < NICE.length; i++) { if (NICE[i] >= least) { return NICE[i]; } }
    return NICE[NICE.length - 1];
  }

  function shorter(text, most) { return text.length <= most ? text : text.slice(0, most - 1) + '…'; }

  /** moved() is told when the person moved the pin. */
  vt.Map = function (svg, moved) {
    var me = this, origin = null, fix = null, pin = null, around = null, centre = { x: 0, y: 0 }, reach = 60, zoom = 1, waiting = false;

    function toXY(place) {
      return {
        x: (place.longitude - origin.longitude) * METRES_PER_DEGREE * Math.cos(origin.latitude * Math.PI / 180),
        y: (place.latitude - origin.latitude) * METRES_PER_DEGREE
      };
    }

    function toPlace(at) {
      return {
        latitude: origin.latitude + at.y / METRES_PER_DEGREE,
        longitude: origin.longitude + at.x / (METRES_PER_DEGREE * Math.cos(origin.latitude * Math.PI / 180))
      };
    }

    function size() { return { w: svg.clientWidth || 320, h: svg.clientHeight || 264 }; }

    function perPixel() { var s = size(); return 2 * reach / zoom / Math.min(s.w, s.h); }

    function add(name, attributes, text) {
      var node = document.createElementNS(SVG, name);
      for (var key in attributes) { if (attributes.hasOwnProperty(key)) { node.setAttribute(key, attributes[key]); } }
      if (text) { node.textContent = text; }
      svg.appendChild(node);
    }

    // Far enough that the circle and the nearest gates are on it, near enough that a step of a metre is seen.
    function fit() {
      var need = Math.max(25, fix && fix.accuracy ? fix.accuracy * 1.35 : 25), home = toXY(fix || pin), i, dot;
      var shown = around ? around.addresses.slice(0, 3).concat(around.known ? [around.known] : []) : [];
      for (i = 0; i < shown.length; i++) {
        dot = toXY(shown[i]);
        var far = Math.sqrt(Math.pow(dot.x - home.x, 2) + Math.pow(dot.y - home.y, 2)) * 1.25;
        if (far < 220) { need = Math.max(need, far); }
      }
      reach = need;
      zoom = 1;
      centre = { x: home.x, y: home.y };
    }

    function draw() {
      waiting = false;
      if (!pin) { return; }
      var s = size(), mpp = perPixel(), taken = [], i;
      svg.setAttribute('viewBox', '0 0 ' + s.w + ' ' + s.h);
      while (svg.firstChild) { svg.removeChild(svg.firstChild); }

      function px(at) { return { x: s.w / 2 + (at.x - centre.x) / mpp, y: s.h / 2 - (at.y - centre.y) / mpp }; }

      // Below its dot, or above it; a name that would lie on another one in both places is left out, and its dot stays.
      function name(text, dot) {
        var w = text.length * 7 + 4, x = Math.max(w / 2 + 4, Math.min(s.w - w / 2 - 4, dot.x));
        for (var ways = [20, -12], way = 0; way < 2; way++) {
          var y = dot.y + ways[way], box = { l: x - w / 2, r: x + w / 2, t: y - 12, b: y + 4 }, isFree = box.l >= 2 && box.t >= 2 && box.b <= s.h - 2;
          for (var n = 0; n < taken.length && isFree; n++) { isFree = box.l >= taken[n].r || box.r <= taken[n].l || box.t >= taken[n].b || box.b <= taken[n].t; }
          if (isFree) {
            taken.push(box);
            add('text', { x: x, y: y, 'text-anchor': 'middle', 'class': 'halo' }, text);
            add('text', { x: x, y: y, 'text-anchor': 'middle' }, text);
            return;
          }
        }
      }

      // The corners belong to the buttons, the arrow and the bar.
      taken.push({ l: 0, r: 60, t: 0, b: 104 }, { l: s.w - 44, r: s.w, t: 0, b: 56 }, { l: 0, r: s.w * 0.45, t: s.h - 34, b: s.h });

      var step = nice(s.w * mpp / 7), left = centre.x - s.w / 2 * mpp, bottom = centre.y - s.h / 2 * mpp, at;
      for (at = Math.ceil(left / step) * step; at < left + s.w * mpp; at += step) { i = px({ x: at, y: 0 }).x; add('line', { x1: i, x2: i, y1: 0, y2: s.h, 'class': 'grid' }); }
      for (at = Math.ceil(bottom / step) * step; at < bottom + s.h * mpp; at += step) { i = px({ x: 0, y: at }).y; add('line', { x1: 0, x2: s.w, y1: i, y2: i, 'class': 'grid' }); }

      if (around) {
        for (i = 0; i < around.outline.length; i++) {
          var points = [];
          for (var k = 0; k + 1 < around.outline[i].length; k += 2) {
            var corner = px(toXY({ latitude: around.outline[i][k], longitude: around.outline[i][k + 1] }));
            points.push(corner.x.toFixed(1) + ',' + corner.y.toFixed(1));
          }
          add('polyline', { points: points.join(' '), 'class': 'outline' });
        }
      }
      var p = px(toXY(pin)), home = fix ? px(toXY(fix)) : null;
      if (home && fix.accuracy) { add('circle', { cx: home.x, cy: home.y, r: Math.max(3, fix.accuracy / mpp), 'class': 'circle' }); }
      if (home && me.isMoved()) { add('line', { x1: home.x, y1: home.y, x2: p.x, y2: p.y, 'class': 'line' }); }
      taken.push({ l: p.x - 16, r: p.x + 16, t: p.y - 44, b: p.y + 6 });
      if (around) {
        if (around.known) {
          var gate = px(toXY(around.known));
          add('path', { d: 'M' + (gate.x - 9) + ' ' + (gate.y + 8) + 'v-16h18v16h-5v-9h-8v9z', 'class': 'gate' });
          name('Cổng đang ghi', gate);
        }
        for (i = 0; i < around.addresses.length; i++) {
          var dot = px(toXY(around.addresses[i]));
          if (dot.x < 0 || dot.x > s.w || dot.y < 0 || dot.y > s.h) { continue; }
          add('circle', { cx: dot.x, cy: dot.y, r: 6, 'class': 'dot' });
          name(shorter(around.addresses[i].label, 24), dot);
        }
      }
      if (home) {
        add('circle', { cx: home.x, cy: home.y, r: 6, 'class': 'fix' });
      }
      add('path', { d: 'M' + p.x + ' ' + p.y + 'c-3 -9 -13 -15 -13 -26a13 13 0 0 1 26 0c0 11 -10 17 -13 26z', 'class': 'pin' });
      add('circle', { cx: p.x, cy: p.y - 26, r: 5, 'class': 'eye' });

      var bar = nice(s.w * mpp * 0.16), long = bar / mpp;
      if (long > s.w * 0.42) { bar = bar / 2; long = long / 2; }
      add('path', { d: 'M10 ' + (s.h - 16) + 'v6h' + long.toFixed(1) + 'v-6', 'class': 'bar' });
      add('text', { x: 14, y: s.h - 18, 'class': 'halo' }, bar >= 1000 ? bar / 1000 + ' km' : bar + ' m');
      add('text', { x: 14, y: s.h - 18 }, bar >= 1000 ? bar / 1000 + ' km' : bar + ' m');
      add('path', { d: 'M' + (s.w - 22) + ' 8l8 22l-8 -6l-8 6z', 'class': 'north' });
      add('text', { x: s.w - 22, y: 44, 'text-anchor': 'middle', 'class': 'small' }, 'Bắc');
    }

    function soon() {
      if (waiting) { return; }
      waiting = true;
      (window.requestAnimationFrame || function (f) { setTimeout(f, 16); })(draw);
    }

    // The pin stays in sight: what is under it goes instead.
    function put(at) {
      var s = size(), mpp = perPixel(), wide = s.w * mpp * 0.36, high = s.h * mpp * 0.32;
      pin = toPlace(at);
      centre.x = Math.max(at.x - wide, Math.min(at.x + wide, centre.x));
      centre.y = Math.max(at.y - high, Math.min(at.y + high, centre.y));
      soon();
      moved();
    }

    this.step = function (east, north) { var at = toXY(pin); put({ x: at.x + east, y: at.y + north }); };

    this.zoomBy = function (factor) {
      zoom = Math.max(0.05, Math.min(12, zoom * factor));
      var at = toXY(pin);
      centre = { x: at.x, y: at.y };
      soon();
    };

    /** The phone's own place; follows = the pin goes along. */
    this.setFix = function (place, follows) {
      if (!origin) { origin = { latitude: place.latitude, longitude: place.longitude }; }
      fix = place;
      if (follows || !pin) { pin = { latitude: place.latitude, longitude: place.longitude }; fit(); }
      soon();
    };

    /** A place that was typed: there is no circle around it. */
    this.setTyped = function (place) {
      origin = { latitude: place.latitude, longitude: place.longitude };
      fix = null;
      pin = { latitude: place.latitude, longitude: place.longitude };
      fit();
      soon();
    };

    this.setAround = function (found) { var first = !around; around = found; if (first && pin && !me.isMoved()) { fit(); } soon(); };
    this.putBack = function () { if (fix) { pin = { latitude: fix.latitude, longitude: fix.longitude }; fit(); soon(); moved(); } };
    this.forget = function () { origin = fix = pin = around = null; };
    this.pin = function () { return pin; };
    this.fix = function () { return fix; };

    /** Metres from the phone's own place to the pin, to the east and to the north. */
    this.shift = function () {
      if (!fix || !pin) { return { metres: 0, east: 0, north: 0 }; }
      var a = toXY(fix), b = toXY(pin);
      return { metres: Math.sqrt(Math.pow(b.x - a.x, 2) + Math.pow(b.y - a.y, 2)), east: b.x - a.x, north: b.y - a.y };
    };
    this.isMoved = function () { return me.shift().metres >= 0.5; };

    // A finger anywhere on the map carries the pin along, so that it does not lie under the finger; a short tap puts it there.
    var from = null;

    function begin(x, y) { if (pin) { from = { x: x, y: y, at: toXY(pin), went: false }; } }

    function carry(x, y) {
      if (!from) { return; }
      if (Math.abs(x - from.x) + Math.abs(y - from.y) > 6) { from.went = true; }
      if (from.went) { var mpp = perPixel(); put({ x: from.at.x + (x - from.x) * mpp, y: from.at.y - (y - from.y) * mpp }); }
    }

    function end(x, y) {
      if (from && !from.went) {
        var box = svg.getBoundingClientRect(), s = size(), mpp = perPixel();
        put({ x: centre.x + (x - box.left - s.w / 2) * mpp, y: centre.y - (y - box.top - s.h / 2) * mpp });
      }
      from = null;
    }

    if (window.PointerEvent) {
      svg.addEventListener('pointerdown', function (e) { if (svg.setPointerCapture) { svg.setPointerCapture(e.pointerId); } begin(e.clientX, e.clientY); });
      svg.addEventListener('pointermove', function (e) { carry(e.clientX, e.clientY); });
      svg.addEventListener('pointerup', function (e) { end(e.clientX, e.clientY); });
      svg.addEventListener('pointercancel', function () { from = null; });
    } else {
      svg.addEventListener('touchstart', function (e) { e.preventDefault(); begin(e.touches[0].clientX, e.touches[0].clientY); });
      svg.addEventListener('touchmove', function (e) { e.preventDefault(); carry(e.touches[0].clientX, e.touches[0].clientY); });
      svg.addEventListener('touchend', function (e) { e.preventDefault(); end(e.changedTouches[0].clientX, e.changedTouches[0].clientY); });
      svg.addEventListener('mousedown', function (e) { begin(e.clientX, e.clientY); });
      window.addEventListener('mousemove', function (e) { carry(e.clientX, e.clientY); });
      window.addEventListener('mouseup', function (e) { if (from) { end(e.clientX, e.clientY); } });
    }

    svg.addEventListener('keydown', function (e) {
      var far = e.shiftKey ? 10 : 1, key = e.key || { 37: 'ArrowLeft', 38: 'ArrowUp', 39: 'ArrowRight', 40: 'ArrowDown', 107: '+', 109: '-' }[e.keyCode];
      var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
      if (!pin) { return; }
      if (ways[key]) { me.step(ways[key][0] * far, ways[key][1] * far); } else if (key === '+' || key === '=') { me.zoomBy(1.5); } else if (key === '-') { me.zoomBy(1 / 1.5); } else { return; }
      e.preventDefault();
    });
    window.addEventListener('resize', soon);
  };
})(window.vt = window.vt || {});
