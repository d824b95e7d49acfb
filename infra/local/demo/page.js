// The demonstration page: asks every second what is so, and moves time or the box when a button is pressed.
const at = (id) => document.getElementById(id);
const text = (id, value) => {
  if (at(id).textContent !== value) at(id).textContent = value;
};
let state;
let busy = 0;

async function call(path, body) {
  const answer = await fetch(path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.message);
  return result;
}

/** Does one thing at a time that takes a while, and says what. */
async function during(words, work) {
  busy++;
  text('working', words);
  for (const button of document.querySelectorAll('button')) button.disabled = true;
  try {
    await work();
    text('working', '');
  } catch (error) {
    text('working', error.message);
  } finally {
    busy--;
    for (const button of document.querySelectorAll('button')) button.disabled = false;
    await refresh();
  }
}

async function refresh() {
  state = await call('/local/demo/state');
  text('time', state.time);
  text('date', state.date);
  text('phone-person', state.phone.person ?? '');
  text('tally', state.tally);
  showBox(state.box);
  showMessages(state.messages);
}

function showBox(box) {
  text('box-holder', box ? `${box.boxId}, held by ${box.holder}` : 'No box yet');
  for (const button of document.querySelectorAll('[data-box]')) button.disabled = box === undefined || busy > 0;
  if (!box) return;
  at('box-picture').setAttribute('class', `${box.lid === 'open' ? 'open' : ''} ${box.dead ? 'dead' : ''}`);
  at('box-picture').setAttribute('aria-label', `Pill box, ${box.lid}, ${box.dead ? 'dead' : 'alive'}`);
  text('lid', box.lid);
  text('alarm', box.alarmTimes.length > 0 ? `${box.alarmTimes.join(', ')}, confirmed` : 'none set');
  text('battery', box.dead ? 'empty' : `${(box.millivolts / 1000).toFixed(2)} V`);
  text('last-sent', box.lastSent ?? 'never');
  text('waiting', `${box.waitingToSend} ${box.waitingToSend === 1 ? 'event' : 'events'}`);
}

let shown = '';
function showMessages(messages) {
  text('out-count', `${messages.length} today`);
  at('out-empty').hidden = messages.length > 0;
  const key = JSON.stringify(messages);
  if (key === shown) return;
  shown = key;
  at('out').replaceChildren(...messages.map(messageItem));
}

function messageItem(message) {
  const item = document.createElement('li');
  const part = (tag, className, content) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.textContent = content;
    return element;
  };
  const words = document.createElement('div');
  words.append(part('p', '', message.text));
  const fate = { sent: 'delivered', pending: 'waiting to be confirmed', failed: message.reason ?? 'failed' }[
    message.status
  ];
  words.append(part('p', 'to', `${message.to}, ${fate}`));
  if (message.confirmUrl || message.link) {
    const link = part('a', '', message.link ? 'I’m on it' : 'Confirm the subscription');
    link.href = message.link ?? message.confirmUrl;
    link.target = '_blank';
    words.append(link);
  }
  item.append(part('time', '', message.at), part('span', 'channel', message.channel), words);
  return item;
}

for (const button of document.querySelectorAll('[data-move]')) {
  button.addEventListener('click', () => {
    const move = { ...JSON.parse(button.dataset.move), zone: state.zone, ticks: 'quarters' };
    during('Time passes …', () => call('/local/clock', move).then(() => open('staff')));
  });
}
for (const button of document.querySelectorAll('[data-box]')) {
  button.addEventListener('click', () => {
    const words = button.dataset.box === 'let-day-pass' ? 'The day passes …' : '';
    during(words, async () => {
      await call(`/local/boxes/${state.box.boxId}`, { do: button.dataset.box });
      if (button.dataset.box === 'let-day-pass') await open('staff');
    });
  });
}

/** Each pane is its own signed-in browser. A nurse's session ends with her shift: then she signs in again. */
async function open(pane) {
  const frame = at(pane);
  if (state[pane].person && (pane === 'phone' || !(await stillIn()))) {
    await call('/local/demo/sign-in', { pane }).catch((error) => text('working', error.message));
    frame.src = `${state[pane].origin}/`;
  } else if (!frame.src) frame.src = `${state[pane].origin}/`;
}

async function stillIn() {
  const headers = { 'content-type': 'application/json', 'x-careconnect-csrf': '1' };
  return (await fetch('/api/auth/refresh', { method: 'POST', headers, body: '{}' })).ok;
}

await refresh();
await open('phone');
await open('staff');
setInterval(() => busy === 0 && refresh().catch((error) => text('working', error.message)), 1000);
