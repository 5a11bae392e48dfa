import assert from 'node:assert/strict';
import { concat } from '../e2ee/bytes.js';

/** A server with one file, and a network that does what a test wants: every request is asked of `trouble` first. */
export class Shelf {
  object = new Uint8Array(0);
  size = 0;
  /** @type {string[]} */
  asked = [];
  token = 'token';
  /** Bytes after which a download is cut, once for each number. @type {number[]} */
  cuts = [];
  /** @type {(request: string) => Response | 'lost' | 'unanswered' | null} */
  trouble = () => null;

  /** @param {RequestInfo | URL} input @param {RequestInit} [init] @returns {Promise<Response>} */
  ask = (input, init = {}) => {
    const url = new URL(String(input), 'https://meet.test'), headers = new Headers(init.headers);
    const request = `${init.method ?? 'GET'} ${url.search}${headers.get('range') ?? ''}`;
    this.asked.push(request);
    init.signal?.throwIfAborted();
    const trouble = this.trouble(request);
    if (trouble === 'lost') return Promise.reject(new TypeError('network'));
    if (trouble instanceof Response) return Promise.resolve(trouble);
    if (headers.get('authorization') !== `Bearer ${this.token}`) return Promise.resolve(answer(401));
    const response = init.method === 'POST' ? this.#take(url, init.body) : this.#give(headers);
    return trouble === 'unanswered' ? Promise.reject(new TypeError('network')) : Promise.resolve(response);
  };

  /** @param {URL} url @param {unknown} body */
  #take(url, body) {
    const part = /** @type {Uint8Array<ArrayBuffer>} */ (body);
    if (part.length > 0) {
      if (url.searchParams.get('offset') !== String(this.object.length)) return answer(409);
      assert.ok(part.length <= 1 << 20 && this.object.length + part.length <= this.size);
      this.object = concat(this.object, part);
    }
    return Response.json({ offset: this.object.length, size: this.size });
  }

  /** @param {Headers} headers */
  #give(headers) {
    const from = Number(/^bytes=(\d+)-$/.exec(headers.get('range') ?? '')?.[1]);
    const end = this.cuts.shift() ?? Infinity;
    const bytes = this.object.slice(from), step = 10_007;
    let at = 0;
    const body = new ReadableStream({
      pull: (controller) => {
        if (from + at >= end) return controller.error(new TypeError('network'));
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + step));
        at += step;
      },
    });
    return new Response(body, { status: 206 });
  }
}

/** @param {number} status */
export function answer(status) {
  return new Response('{"error":"x"}', { status });
}
