/** What media and the encryption of frames say to each other. Types only. */

/** What a stream carries. */
export type Kind = 'microphone' | 'camera' | 'screen' | 'screenAudio';

export type CodecName = 'opus' | 'VP8' | 'VP9';

/** One own stream of one peer connection: after a new connection the same name means another stream. */
export interface WayOut {
  readonly stream: Kind;
  readonly connection: number;
}

/** Given to the media worker with each stream. `stream` is the name both sides use for it. */
export type TransformOptions =
  /** `isHeld`: frames are taken and dropped until `release`. */
  | WayOut & { readonly direction: 'send'; readonly kind: Kind; readonly isHeld: boolean }
  | { readonly direction: 'receive'; readonly stream: string; readonly media: 'audio' | 'video' };

/** What became of the frames of a stream. */
export interface Counts {
  taken: number;
  given: number;
  dropped: Record<string, number>;
}

/** From here on a stream's frames are this person's: said by the key that opened them. */
export interface Label {
  readonly stream: string;
  readonly leaf: number;
  /** Tells two people apart who had the same leaf one after the other. */
  readonly id: string;
  readonly kind: Kind;
  /** To confirm this label and no other. */
  readonly number: number;
  /** RTP time of the first frame. */
  readonly timestamp: number;
}

/** The part of the engine that a peer connection needs. */
export interface FrameDoor {
  transform(options: TransformOptions): RTCRtpScriptTransform;
  payloads(payloads: readonly (readonly [number, CodecName])[]): void;
  /** The stand-in is gone from this sender: from here on its frames are sealed and leave. Until then none does. */
  release(way: WayOut): void;
  /** What the media worker has counted, asked from now on. Rejects when it does not answer. */
  counts(): Promise<Record<string, Counts>>;
}
