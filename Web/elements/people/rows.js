/**
 * A list whose items stay the same elements while what they stand for stays: nobody loses the focus because somebody
 * else came or went.
 * @template {HTMLElement} Item
 */
export class Rows {
  /** @type {Map<string, { row: HTMLElement, item: Item }>} */
  #shown = new Map();
  #list;
  #makeRow;
  #fallback;

  /** @param {HTMLElement} list @param {() => { row: HTMLElement, item: Item }} makeRow @param {() => Pick<HTMLElement, 'focus'>} fallback gets the focus when the last item goes that had it */
  constructor(list, makeRow, fallback) {
    this.#list = list;
    this.#makeRow = makeRow;
    this.#fallback = fallback;
  }

  /** The row itself can take the focus, so that it goes to a person and not to a button that does something. @param {string} id */
  focus(id) {
    this.#shown.get(id)?.row.focus();
  }

  /** @param {readonly string[]} ids in the order to show @param {(item: Item, id: string) => void} fill */
  show(ids, fill) {
    const wanted = new Set(ids);
    for (const [id, { row }] of this.#shown) {
      if (wanted.has(id)) continue;
      if (row.contains(document.activeElement)) this.#passOn(row, wanted);
      row.remove();
      this.#shown.delete(id);
    }
    ids.forEach((id, place) => {
      const known = this.#shown.get(id) ?? this.#makeRow();
      this.#shown.set(id, known);
      fill(known.item, id);
      // A row that moves in the document loses the focus, so only one that stands wrong is moved, and gets it back.
      if (this.#list.children[place] !== known.row) {
        const { activeElement } = document;
        this.#list.insertBefore(known.row, this.#list.children[place] ?? null);
        if (activeElement instanceof HTMLElement && known.row.contains(activeElement)) activeElement.focus();
      }
    });
  }

  /** @param {HTMLElement} row @param {ReadonlySet<string>} wanted */
  #passOn(row, wanted) {
    const staying = new Set([...this.#shown].flatMap(([id, shown]) => wanted.has(id) ? [shown.row] : []));
    /** @param {'nextElementSibling' | 'previousElementSibling'} way */
    const along = (way) => {
      for (let one = row[way]; one; one = one[way]) {
        if (one instanceof HTMLElement && staying.has(one)) return one;
      }
      return null;
    };
    (along('nextElementSibling') ?? along('previousElementSibling') ?? this.#fallback()).focus();
  }
}
