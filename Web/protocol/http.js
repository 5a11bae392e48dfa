/**
 * The few questions that go over HTTP instead of the socket.
 * @import { InviteRegistration, MeetingCreated, Problem } from './messages.d.ts'
 */

/** The server said no, in one word of its own. */
export class ProblemError extends Error {
  /** @param {Problem['error'] | 'network'} error */
  constructor(error) {
    super(error);
    this.error = error;
  }
}

/** A new meeting; nobody can join it before `registerInvite`. Only where the server lets this machine. @returns {Promise<MeetingCreated>} */
export async function createMeeting() {
  const response = await ask('/api/v1/meetings', { method: 'POST' });
  return await response.json();
}

/** @param {MeetingCreated} meeting @param {InviteRegistration} registration */
export async function registerInvite(meeting, registration) {
  await ask(`/api/v1/meetings/${meeting.id}/invite`, {
    method: 'PUT',
    headers: { 'authorization': `Bearer ${meeting.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(registration),
  });
}

/** @param {string} path @param {RequestInit} init */
async function ask(path, init) {
  const response = await fetch(path, { ...init, credentials: 'omit' }).catch(() => null);
  if (!response) throw new ProblemError('network');
  if (response.ok) return response;
  const problem = /** @type {Problem | null} */ (await response.json().catch(() => null));
  throw new ProblemError(problem?.error ?? 'failed');
}
