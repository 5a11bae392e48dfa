import { say } from './dom.js';

/** Puts what the meeting is about into a heading, or that it is one, where nobody said. @param {Element} heading @param {string} topic */
export function sayTopic(heading, topic) {
  if (topic === '') say(heading, 'meet');
  else say(heading, 'meet.topic', { topic });
}
