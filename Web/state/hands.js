/**
 * Who asks for the word, in which order.
 * @import { Person } from './people.js'
 */

/** Raised hands in the order in which they were seen to go up: those of before keep their turn. @param {readonly string[]} order participants @param {readonly Person[]} people @returns {readonly string[]} */
export function raised(order, people) {
  const up = people.filter(({ hand }) => hand === true).map(({ participant }) => participant);
  const still = order.filter((one) => up.includes(one));
  return [...still, ...up.filter((one) => !order.includes(one))];
}

/** The list with those first who ask for the word. @template {Person} Any @param {readonly Any[]} people @param {readonly string[]} order @returns {readonly Any[]} */
export function handsFirst(people, order) {
  if (order.length === 0) return people;
  const turn = new Map(order.map((participant, place) => [participant, place]));
  const last = order.length;
  return [...people].sort((one, other) => {
    return (turn.get(one.participant) ?? last) - (turn.get(other.participant) ?? last);
  });
}
