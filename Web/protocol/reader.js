/**
 * Reads what the server says, and believes none of it before its shape is right: the page is as careful with the server as
 * the server is with a page. The shapes are generated from the server's own declarations.
 * @import { ServerMessage } from './messages.d.ts'
 *
 * @typedef {Readonly<Record<string, Shape | { optional: Shape }>>} Fields
 * @typedef {{ text: RegExp } | { whole: readonly [number, number] } | { bool: true } | { choice: readonly string[] }
 *   | { list: Shape, atMost: number } | { nullable: Shape } | { record: Fields } | { union: Readonly<Record<string, Fields>> }} Shape
 */
import { serverShapes } from './shapes.js';

/** Longer than any message of ours. */
const longest = 65_536;

/** Null for anything but a message. @param {unknown} data @returns {ServerMessage | null} */
export function readServerMessage(data) {
  if (typeof data !== 'string' || data.length > longest) return null;
  /** @type {unknown} */
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  if (!isObject(message)) return null;
  const { area, ...rest } = message;
  const shape = typeof area === 'string' && Object.hasOwn(serverShapes, area) ? serverShapes[area] : undefined;
  return shape && fits(rest, shape) ? /** @type {ServerMessage} */ (/** @type {unknown} */ (message)) : null;
}

/** @param {unknown} value @param {Shape} shape @returns {boolean} */
export function fits(value, shape) {
  if ('text' in shape) return typeof value === 'string' && shape.text.test(value);
  if ('whole' in shape) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= shape.whole[0] &&
      value <= shape.whole[1];
  }
  if ('bool' in shape) return typeof value === 'boolean';
  if ('choice' in shape) return typeof value === 'string' && shape.choice.includes(value);
  if ('list' in shape) {
    return Array.isArray(value) && value.length <= shape.atMost && value.every((item) => fits(item, shape.list));
  }
  if ('nullable' in shape) return value === null || fits(value, shape.nullable);
  if (!isObject(value)) return false;
  if ('record' in shape) return hasFields(value, shape.record);
  const { type, ...rest } = value;
  const fields = typeof type === 'string' && Object.hasOwn(shape.union, type) ? shape.union[type] : undefined;
  return fields !== undefined && hasFields(rest, fields);
}

/** Every field that must be there and none that is unknown. @param {Record<string, unknown>} value @param {Fields} fields */
function hasFields(value, fields) {
  for (const name of Object.keys(value)) if (!Object.hasOwn(fields, name)) return false;
  return Object.entries(fields).every(([name, shape]) => {
    if (!Object.hasOwn(value, name)) return 'optional' in shape;
    return fits(value[name], 'optional' in shape ? shape.optional : shape);
  });
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
