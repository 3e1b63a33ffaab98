/* Xindeng: makes pages quicker that work without it. Stores nothing on the device. Syntax up to ES2018. */
(function () {
  'use strict';
  const doc = document;
  const root = doc.documentElement;
  const $ = (selector, from) => (from || doc).querySelector(selector);
  const $$ = (selector, from) => Array.from((from || doc).querySelectorAll(selector));
  const on = (target, event, act, options) => target && target.addEventListener(event, act, options);

  $$('[data-js]').forEach((el) => { el.hidden = false; });
  const errors = $('#errors');
  if (errors) errors.focus();

  /* Hide the screen: the button, or Shift three times within a second. The tab's title is hidden too. */
  const cover = $('#cover');
  const blank = $('#blank');
  const title = doc.title;
  let shifts = [];
  let before = null;
  const hide = () => {
    if (!cover.hidden) return;
    before = doc.activeElement;
    cover.hidden = false;
    root.classList.add('blanked');
    doc.title = $('.brand b').textContent;
    $('button', cover).focus();
  };
  const show = () => {
    cover.hidden = true;
    root.classList.remove('blanked');
    doc.title = title;
    if (before && before.focus) before.focus();
  };
  if (blank && cover) {
    blank.hidden = false;
    on(blank, 'click', hide);
    on($('button', cover), 'click', show);
    on(doc, 'keydown', (event) => {
      if (event.key !== 'Shift') { shifts = []; return; }
      if (event.repeat) return;
      shifts = shifts.filter((at) => event.timeStamp - at < 1000).concat(event.timeStamp);
      if (shifts.length > 2) { shifts = []; hide(); }
    }, true);
  }

  /* The account menu closes on Escape and on a press elsewhere. */
  const menu = $('.menu');
  on(doc, 'click', (event) => { if (menu && !menu.contains(event.target)) menu.open = false; });
  on(menu, 'keydown', (event) => {
    if (event.key === 'Escape' && menu.open) { menu.open = false; $('summary', menu).focus(); }
  });

  /* Narrow a list while typing; what is chosen stays in sight. */
  const key = (text) => text.toLowerCase().replace(/[\s\u00b7\u2022]/g, '');
  $$('[data-filter]').forEach((input) => {
    const list = doc.getElementById(input.dataset.filter);
    const none = doc.getElementById(input.dataset.filter + '-none');
    const chips = $$('.chip', list).map((el) => ({ el, box: $('input', el), text: key(el.textContent + (el.dataset.k || '')) }));
    const folds = $$('details', list).map((el) => ({ el, open: el.open }));
    const narrow = () => {
      const want = key(input.value);
      const whole = $('#whole-list');
      if (whole && want && input.id === 'q') whole.checked = true;
      let hits = 0;
      chips.forEach((chip) => {
        const hit = chip.text.includes(want);
        chip.el.hidden = !hit && !chip.box.checked;
        if (hit) hits += 1;
      });
      folds.forEach((fold) => {
        fold.el.hidden = !$('.chip:not([hidden])', fold.el);
        fold.el.open = want ? true : fold.open || Boolean($(':checked', fold.el));
      });
      if (none) none.hidden = hits > 0 || chips.length === 0;
    };
    on(input, 'input', narrow);
    on(input, 'search', narrow);
  });

  /* Counts of chosen signs, and characters left. */
  const put = (el, number) => { el.textContent = number ? el.dataset.text.replace('#', number) : ''; };
  $$('#signs details').forEach((fold) => on(fold, 'change', () => put($('.count', fold), $$(':checked', fold).length)));
  $$('[data-limit]').forEach((area) => {
    const out = doc.getElementById(area.id + '-count');
    const count = () => {
      const left = area.dataset.limit - Array.from(area.value).length;
      out.textContent = (left < 0 ? area.dataset.over : area.dataset.left).replace('#', Math.abs(left));
      out.classList.toggle('over', left < 0);
    };
    on(area, 'input', count);
    count();
  });

  /* The observation: who is chosen, each one's part, and the words on the button. */
  const observe = $('#observe');
  if (observe) {
    const people = $('#students');
    const picked = $('#picked');
    const parts = $('#parts');
    const row = $('#part-row');
    const chosen = () => {
      const boxes = $$(':checked', people);
      const names = boxes.map((box) => $('.name', box.parentNode).textContent);
      $('#about').value = boxes.map((box) => $('.name', box.parentNode).textContent + ' ' + $('small', box.parentNode).textContent.trim().split(' ')[0]).join('\u3001');
      picked.textContent = names.length ? picked.dataset.text + ' ' + names.join('\u3001') : '';
      const were = {};
      $$('select', parts).forEach((select) => {
        const value = select.value.split(':');
        were[value[0]] = value[1];
      });
      parts.textContent = '';
      if (boxes.length > 1) {
        boxes.forEach((box, index) => {
          const line = doc.importNode(row.content, true);
          const label = $('label', line);
          const select = $('select', line);
          label.textContent = names[index];
          label.htmlFor = select.id = 'part-' + box.value;
          $$('option', select).forEach((option) => {
            option.selected = option.value === were[box.value];
            option.value = box.value + ':' + option.value;
          });
          parts.appendChild(line);
        });
      }
      $('#part').hidden = boxes.length < 2;
    };
    on(people, 'change', chosen);
    chosen();
    const send = $('#send');
    const calm = send.textContent;
    const words = () => {
      const urgent = $('[name=urgency][value=danger]:checked, [name=safe_now][value=no]:checked', observe);
      send.textContent = urgent ? send.dataset.danger : calm;
      if ($('[name=urgency][value=danger]:checked', observe)) $('[name=safe_now][value=no]', observe).checked = true;
    };
    on(observe, 'change', words);
    words();
  }

  /* Before sending, see that the service answers. If it does not, say so at once, and send when it does. */
  $$('form[data-ping]').forEach((form) => {
    const offline = $('#offline');
    const status = $('#sending', form);
    let pressed = null;
    let sure = false;
    let busy = false;
    let sheet = null;
    const still = (others) => Array.from(doc.body.children).forEach((el) => { if (el !== sheet && el !== cover) el.inert = others; });
    const go = () => { sure = true; pressed.click(); };
    const close = () => { if (sheet) { still(false); sheet.remove(); sheet = null; pressed.focus(); } };
    const refuse = () => {
      if (sheet || !offline) return;
      doc.body.appendChild(doc.importNode(offline.content, true));
      sheet = $('.notsent[role]');
      const about = $('[name=about]', form);
      $('[data-about]', sheet).textContent = about ? about.value : '';
      on($('[data-retry]', sheet), 'click', attempt);
      on($('[data-close]', sheet), 'click', close);
      still(true);
      sheet.focus();
    };
    const answers = () => new Promise((resolve, reject) => {
      setTimeout(reject, 6000);
      fetch(form.dataset.ping, { cache: 'no-store' }).then((answer) => (answer.ok ? resolve() : reject()), reject);
    });
    function attempt() {
      if (busy) return;
      busy = true;
      if (status) status.textContent = status.dataset.text;
      answers().then(go, refuse).then(() => { busy = false; if (status && !sure) status.textContent = ''; });
    }
    on(form, 'click', (event) => { const button = event.target.closest('button'); if (button) pressed = button; });
    on(form, 'submit', (event) => {
      if (sure || !pressed || pressed.name !== 'step' || pressed.value === 'edit') return;
      event.preventDefault();
      attempt();
    });
    on(window, 'pageshow', () => { sure = false; });
    on(window, 'online', () => { if (sheet) attempt(); });
    on(window, 'beforeunload', (event) => { if (sheet && !sure) { event.preventDefault(); event.returnValue = ''; } });
  });

  /* A drill that runs is looked at anew, unless somebody is about to answer it. */
  const live = $('[data-refresh]');
  if (live) setInterval(() => { if (!$('details[open] form') && !$('input:focus, textarea:focus')) location.reload(); }, live.dataset.refresh * 1000);

  /* Remaining times go on counting, by the service's clock. */
  const skew = Date.parse(doc.body.dataset.now) - Date.now();
  const deadlines = $$('[data-until]').filter((el) => Math.abs(Date.parse(el.dataset.until) - Date.now() - skew) < 36e5);
  if (deadlines.length) {
    setInterval(() => deadlines.forEach((el) => {
      const left = Date.parse(el.dataset.until) - Date.now() - skew;
      el.textContent = (left < 0 ? doc.body.dataset.late : doc.body.dataset.left).replace('#', Math.floor(Math.abs(left) / 6e4));
    }), 15000);
  }
}());
