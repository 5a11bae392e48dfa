/**
 * A moment as somebody puts it into two fields, in the time of this device.
 * @typedef {'date' | 'time'} MomentField
 * @typedef {{ readonly type: 'bad', readonly words: string, readonly fields: readonly MomentField[] }} BadMoment which fields are wrong, and the key of why
 */

/** @param {number} part of a date or a time */
function two(part) {
  return String(part).padStart(2, '0');
}

/** As a field of a form has them. @param {Date} moment */
export function fieldsOf(moment) {
  const date = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map(two).join('-');
  return { date, time: `${two(moment.getHours())}:${two(moment.getMinutes())}` };
}

/**
 * @param {string} date @param {string} time each empty where nothing whole stands there @param {number} now Unix milliseconds
 * @returns {{ readonly type: 'good', readonly start: number } | BadMoment} start in Unix seconds
 */
export function readMoment(date, time, now) {
  /** @type {readonly (readonly [MomentField, string])[]} */
  const values = [['date', date], ['time', time]];
  const empty = values.flatMap(([field, value]) => value === '' ? [field] : []);
  if (empty.length > 0) return { type: 'bad', words: 'home.date.empty', fields: empty };
  const start = Math.floor(new Date(`${date}T${time}`).getTime() / 1000);
  if (Number.isNaN(start)) return { type: 'bad', words: 'home.date.empty', fields: ['date'] };
  if (start * 1000 >= now) return { type: 'good', start };
  // Today is no wrong day.
  return { type: 'bad', words: 'home.date.past', fields: [date === fieldsOf(new Date(now)).date ? 'time' : 'date'] };
}
