/** The only source of time; tests put their own in. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  setTimeout(task: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
}
