/**
 * Stands before every script of the app that is served here: gives a page, and its service worker, the moved time. It asks
 * once, keeps the difference for offline reloads, and hears of every later move. The text is constant, so a cached script
 * stays right.
 */
export const MOVED_TIME_SCRIPT = `${compact(`
(function () {
  var scope = self;
  if (scope.__movedTime) return;
  var Real = Date, realNow = Date.now.bind(Date), offset = 0, frozen = null;
  scope.__movedTime = true;
  function now() { return frozen === null ? realNow() + offset : frozen; }
  function Moved() {
    if (!new.target) return new Real(now()).toString();
    return Reflect.construct(Real, arguments.length === 0 ? [now()] : arguments, new.target);
  }
  Moved.prototype = Real.prototype;
  Moved.prototype.constructor = Moved;
  Object.setPrototypeOf(Moved, Real);
  Moved.now = now;
  scope.Date = Moved;
  function take(text) {
    try {
      var clock = JSON.parse(text);
      offset = clock.offset;
      frozen = clock.standing ? Real.parse(clock.now) : null;
      if (scope.localStorage) scope.localStorage.setItem('local-clock', JSON.stringify({ offset: offset }));
    } catch (error) {}
  }
  try {
    if (scope.XMLHttpRequest) {
      take(scope.localStorage.getItem('local-clock'));
      var request = new XMLHttpRequest();
      request.open('GET', '/local/clock', false);
      request.send();
      take(request.responseText);
    } else {
      fetch('/local/clock').then(function (answer) { return answer.text(); }).then(take, function () {});
    }
  } catch (error) {}
  if (scope.EventSource && scope.document) {
    new EventSource('/local/clock/moves').onmessage = function (event) {
      take(event.data);
      scope.dispatchEvent(new Event('focus'));
    };
  }
})();
`)}\n`;

function compact(script: string): string {
  return script
    .split('\n')
    .map((line) => line.trim())
    .join('');
}
