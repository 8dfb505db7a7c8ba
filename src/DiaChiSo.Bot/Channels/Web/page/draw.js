// Draws activities. Whatever anybody wrote is put in as text (textContent), never as markup.
(function (bot) {
  'use strict';

  function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function add(parent, child) { parent.appendChild(child); return child; }

  function hiddenWord(text) { return make('span', 'hidden', text); }

  // [{text, style}] or plain text: an empty line ends a paragraph, a line end a line.
  function drawWords(into, text, runs) {
    var pieces = runs && runs.length ? runs : [{ text: text || '' }];
    var paragraph = make('p'), line = make('span', 'line');
    pieces.forEach(function (piece) {
      String(piece.text).split('\n').forEach(function (part, at) {
        if (at > 0) { endLine(); }
        if (!part) { return; }
        add(line, make(piece.style === 'bold' ? 'strong' : piece.style === 'code' ? 'code' : 'span', '', part));
      });
    });
    endLine();
    endParagraph();

    function endLine() {
      if (!line.textContent.trim()) { endParagraph(); return; }
      add(paragraph, line);
      // For who copies it, and for who hears it.
      add(paragraph, document.createTextNode('\n'));
      line = make('span', 'line');
    }

    function endParagraph() {
      if (paragraph.firstChild) { add(into, paragraph); }
      paragraph = make('p');
    }
  }

  // Only our own pictures are shown, by their path: the page may stand behind another host or scheme than the bot knows.
  function drawPicture(into, attachment) {
    var at = String(attachment.contentUrl || '').indexOf('/v3/directline/pictures/');
    if (at < 0) { return; }
    var path = attachment.contentUrl.slice(at);
    var figure = add(into, make('figure'));
    var link = add(figure, make('a', 'picture'));
    link.href = path;
    link.target = '_blank';
    link.rel = 'noopener';
    link.setAttribute('aria-label', (attachment.name || '') + '. ' + bot.word('openPicture'));
    var image = add(link, make('img'));
    image.alt = attachment.name || '';
    image.src = path;
    if (attachment.name) { add(figure, make('figcaption', '', attachment.name)); }
  }

  // A file of ours, to keep or to print.
  function drawFile(into, attachment) {
    var at = String(attachment.contentUrl || '').indexOf('/v3/directline/pictures/');
    if (at < 0) { return; }
    var link = add(into, make('a', 'second file', attachment.name || bot.word('openFile')));
    link.href = attachment.contentUrl.slice(at);
    link.target = '_blank';
    link.rel = 'noopener';
  }

  function isWebLink(link) { return /^(https?:\/\/|geo:)/i.test(String(link)); }

  function drawLink(into, className, text, href) {
    if (!isWebLink(href)) { return null; }
    var link = add(into, make('a', className, text));
    link.href = href;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    return link;
  }

  bot.coordinates = function (geo) { return Number(geo.latitude).toFixed(5) + ', ' + Number(geo.longitude).toFixed(5); };

  function drawPlace(into, place) {
    var card = add(into, make('div', 'pin'));
    var words = add(card, make('div', 'pin-words'));
    var coordinates = bot.coordinates(place.geo);
    // The description often ends in the same coordinates; once is enough.
    var title = String(place.description || place.name || '').replace(/[:,]?\s*-?\d+\.\d+,\s*-?\d+\.\d+\s*$/, '');
    if (title) { add(words, make('span', 'pin-title', title)); }
    add(words, make('code', '', coordinates));
    drawLink(card, 'second', bot.word('openMap'), place.hasMap);
  }

  // "Trạm y tế · thôn Háng Là, xã Sín Chải": what tells it from the others first and strong, the rest beneath.
  function drawLabel(into, text) {
    var at = text.indexOf(' · ');
    if (at < 0) { into.textContent = text; return; }
    add(into, make('span', '', text.slice(0, at)));
    add(into, hiddenWord(' · '));
    add(into, make('span', 'rest', text.slice(at + 3)));
  }

  /** A choice under a message; press(action) when it is taken. */
  function drawChoice(into, action, press) {
    if (action.type === 'openUrl') { drawLink(into, 'choice link', action.title, action.value); return; }
    var numbered = /^(\d+)\. ([\s\S]*)$/.exec(action.title);
    var button = add(into, make('button', numbered ? 'choice' : 'choice bare'));
    button.type = 'button';
    if (numbered) {
      add(button, make('span', 'number', numbered[1]));
      add(button, hiddenWord('. '));
    }
    drawLabel(add(button, make('span', 'label')), numbered ? numbered[2] : action.title);
    var data = action.value && action.value.choice;
    if (String(data).charAt(0) === 'd') { button.setAttribute('data-door', ''); }
    button.addEventListener('click', function () { press(action, button); });
  }

  /** The bot's message: { element, choices (or null) }. asks.place() when the person is to hand over a position. */
  bot.drawBot = function (activity, press, askPlace) {
    var article = make('article', 'from-bot');
    article.lang = activity.locale || bot.language;
    add(article, hiddenWord(bot.word('bot')));
    var data = activity.channelData || {};
    var places = (activity.entities || []).filter(function (one) { return one && one.type === 'Place' && one.geo; });
    var pictures = (activity.attachments || []).filter(function (one) { return /^image\//.test(one.contentType || ''); });
    var files = (activity.attachments || []).filter(function (one) { return one.contentType === 'application/pdf'; });
    var bubble = make('div', 'bubble');
    // A picture, a file or a pin alone comes with its own words as text, for other clients; here they stand under it.
    var twin = pictures.concat(files).map(function (one) { return one.name; }).concat(places.map(function (one) { return one.description; })).join('\n');
    if (activity.text !== twin) { drawWords(bubble, activity.text, data.runs); }
    pictures.forEach(function (one) { drawPicture(bubble, one); });
    files.forEach(function (one) { drawFile(bubble, one); });
    places.forEach(function (one) { drawPlace(bubble, one); });
    if (bubble.firstChild) { add(article, bubble); }

    var actions = (activity.suggestedActions && activity.suggestedActions.actions) || [];
    var asks = (data.asks || []).filter(function (ask) { return ask.what === 'place'; });
    var choices = null;
    if (actions.length || asks.length) {
      choices = add(article, make('div', 'choices'));
      choices.setAttribute('role', 'group');
      choices.setAttribute('aria-label', bot.word('choices'));
      choices.tabIndex = -1;
      asks.forEach(function (ask) {
        var button = add(choices, make('button', 'choice ask', ask.label));
        button.type = 'button';
        button.addEventListener('click', askPlace);
      });
      actions.forEach(function (action) { drawChoice(choices, action, press); });
    }
    return { element: article, choices: choices };
  };

  function wordsOf(activity) {
    var back = activity.channelData && activity.channelData.messageBack;
    return (back && back.displayText) || activity.text || '';
  }

  /** The person's own message, sent or on its way. */
  bot.drawOwn = function (activity, retry) {
    var article = make('article', 'from-you');
    add(article, hiddenWord(bot.word('you')));
    var bubble = add(article, make('div', 'bubble'));
    var place = (activity.entities || []).filter(function (one) { return one && one.geo; })[0];
    if (place) {
      var metres = place.geo.accuracy ? ' (±' + Math.round(place.geo.accuracy) + ' m)' : '';
      add(bubble, make('p', '', bot.word('myPlace') + metres));
      add(bubble, make('code', '', bot.coordinates(place.geo)));
    } else {
      drawWords(bubble, wordsOf(activity) || ((activity.attachments || []).length ? bot.word('photo') : ''));
    }
    var state = add(article, make('button', 'sending'));
    state.type = 'button';
    state.hidden = true;
    state.addEventListener('click', retry);
    return { element: article, state: state, words: wordsOf(activity) };
  };

  /** "22/11 14:05", between messages that lie apart. */
  bot.drawTime = function (date) {
    function two(number) { return ('0' + number).slice(-2); }
    return make('p', 'time', two(date.getDate()) + '/' + two(date.getMonth() + 1) + ' ' + two(date.getHours()) + ':' + two(date.getMinutes()));
  };

  bot.drawTyping = function () {
    var dots = make('div', 'typing');
    dots.setAttribute('aria-hidden', 'true');
    for (var i = 0; i < 3; i++) { add(dots, make('span')); }
    return dots;
  };
})(window.bot = window.bot || {});
