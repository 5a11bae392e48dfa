// Runs before the page's own scripts and watches from outside: peer connections, workers, policy violations.
// It reads; only the tests of failing closed change anything (`probe.break`).
(() => {
  if (globalThis.probe) return;
  const probe = { peers: [], configurations: [], workers: [], violations: [], descriptions: 0, devices: 0, placed: [], heard: [],
    asked: [], captured: [] };
  globalThis.probe = probe;

  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, given, self) {
      const peer = Reflect.construct(target, given, self);
      probe.peers.push(peer);
      probe.configurations.push(given[0] ?? {});
      return peer;
    },
  });
  const setRemote = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (...given) {
    probe.descriptions += 1;
    return setRemote.apply(this, given);
  };
  globalThis.Worker = new Proxy(Worker, {
    construct(target, given, self) {
      const worker = Reflect.construct(target, given, self);
      probe.workers.push({ url: String(given[0]), worker });
      return worker;
    },
  });
  // What came over the meeting's socket: words by their type, frames by their first byte.
  globalThis.WebSocket = new Proxy(WebSocket, {
    construct(target, given, self) {
      const socket = Reflect.construct(target, given, self);
      socket.addEventListener('message', async ({ data }) => {
        if (typeof data === 'string') probe.heard.push({ word: JSON.parse(data).type });
        else probe.heard.push({ frame: new Uint8Array(data instanceof Blob ? await data.arrayBuffer() : data)[0] });
      });
      return socket;
    },
  });
  // Chromium's pretended camera is a file and has the size of that file; Firefox's paints whatever size it is asked for.
  const smallCamera = { width: { ideal: 320 }, height: { ideal: 180 }, frameRate: { ideal: 15, max: 15 } };
  const own = new WeakSet();
  const getUserMedia = navigator.mediaDevices?.getUserMedia;
  if (getUserMedia) {
    navigator.mediaDevices.getUserMedia = async (...given) => {
      probe.devices += 1;
      if (given[0]?.video && navigator.userAgent.includes('Firefox')) Object.assign(given[0].video, smallCamera);
      const stream = await getUserMedia.apply(navigator.mediaDevices, given);
      for (const track of stream.getTracks()) own.add(track);
      return stream;
    };
  }
  // What was asked of the picker of screens, and what came out of it.
  const getDisplayMedia = navigator.mediaDevices?.getDisplayMedia;
  if (getDisplayMedia) {
    navigator.mediaDevices.getDisplayMedia = async (...given) => {
      probe.asked.push(given[0]);
      const stream = await getDisplayMedia.apply(navigator.mediaDevices, given);
      probe.captured.push(...stream.getTracks());
      return stream;
    };
  }
  // What was put on senders, in order: the person's camera or microphone, a screen, or something that stands in for it.
  const replaceTrack = RTCRtpSender.prototype.replaceTrack;
  RTCRtpSender.prototype.replaceTrack = function (track) {
    const what = () => own.has(track) ? 'person' : probe.captured.includes(track) ? 'screen' : 'stand-in';
    if (track) probe.placed.push(`${track.kind} ${what()}`);
    return replaceTrack.call(this, track);
  };
  document.addEventListener('securitypolicyviolation', (event) => {
    probe.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });

  const wanted = {
    'inbound-rtp': ['kind', 'mid', 'packetsReceived', 'packetsLost', 'framesDecoded', 'keyFramesDecoded', 'nackCount',
      'pliCount', 'freezeCount', 'totalAudioEnergy', 'audioLevel', 'concealedSamples', 'totalSamplesReceived',
      'retransmittedPacketsReceived', 'bytesReceived', 'frameWidth', 'frameHeight', 'totalFreezesDuration'],
    'outbound-rtp': ['kind', 'mid', 'packetsSent', 'bytesSent', 'framesEncoded', 'framesSent', 'nackCount', 'pliCount',
      'retransmittedPacketsSent'],
    transport: ['dtlsState', 'tlsVersion', 'srtpCipher', 'dtlsCipher', 'bytesReceived', 'bytesSent'],
  };

  /** All statistics a test asks for, of the newest peer connection that is not closed. */
  probe.stats = async () => {
    const peer = probe.peers.findLast((peer) => peer.connectionState !== 'closed');
    const answer = {
      'inbound-rtp': [], 'outbound-rtp': [], transport: [], localPorts: [], remotePorts: [], state: peer?.connectionState,
    };
    if (!peer) return answer;
    for (const entry of (await peer.getStats()).values()) {
      if (entry.type === 'local-candidate' && entry.protocol === 'udp') answer.localPorts.push(entry.port);
      if (entry.type === 'remote-candidate') answer.remotePorts.push(entry.port);
      const keys = wanted[entry.type];
      if (keys) answer[entry.type].push(Object.fromEntries(keys.map((key) => [key, entry[key] ?? null])));
    }
    return answer;
  };

  /** Pictures decoded by all connections there were, the closed ones too. */
  const decoded = new Map();
  probe.decoded = async () => {
    for (const peer of probe.peers) {
      if (peer.connectionState === 'closed') continue;
      let sum = 0;
      for (const entry of (await peer.getStats()).values()) if (entry.type === 'inbound-rtp') sum += entry.framesDecoded ?? 0;
      decoded.set(peer, sum);
    }
    return [...decoded.values()].reduce((total, sum) => total + sum, 0);
  };

  /** Notes when pictures and sound grow again, in milliseconds of the clock that all browsers and the test share. A new
   * connection counts from nothing. */
  probe.awaitMedia = async () => {
    probe.grew = {};
    const look = async () => {
      const entries = (await probe.stats())['inbound-rtp'];
      const sum = (key) => entries.reduce((total, entry) => total + (entry[key] ?? 0), 0);
      return { picture: sum('framesDecoded'), sound: sum('totalAudioEnergy') };
    };
    const peers = probe.peers.length;
    const start = await look();
    const timer = setInterval(async () => {
      const now = await look();
      for (const sign in now) if (now[sign] > (probe.peers.length > peers ? 0 : start[sign])) probe.grew[sign] ??= Date.now();
      if (probe.grew.picture && probe.grew.sound) clearInterval(timer);
    }, 50);
  };

  // Frames shown, counted from the first look. Firefox counts none itself for a stream (totalVideoFrames stays 0).
  const shown = new WeakMap();
  const count = (video) => {
    shown.set(video, (shown.get(video) ?? -1) + 1);
    video.requestVideoFrameCallback(() => count(video));
  };

  /** The middle pixel of a video and how many frames it has shown. */
  probe.look = (video) => {
    if (!video || !video.videoWidth) return null;
    if (!shown.has(video)) count(video);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const context = canvas.getContext('2d');
    context.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const pixel = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    return { pixel, frames: shown.get(video), width: video.videoWidth };
  };

  /** The loudest frequency of every remote sound at this moment, in hertz. Not in Firefox: without a sound card its
   * AudioContext never starts, so there the energy in the statistics has to do. */
  let audio = null;
  const analysers = new Map();
  probe.tones = () => {
    audio ??= new AudioContext();
    const tones = [];
    for (const peer of probe.peers) {
      for (const { track } of peer.getReceivers()) {
        if (track.kind !== 'audio' || track.readyState === 'ended') continue;
        if (!analysers.has(track)) {
          const analyser = new AnalyserNode(audio, { fftSize: 8192, smoothingTimeConstant: 0 });
          audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
          analysers.set(track, analyser);
        }
        const analyser = analysers.get(track);
        const bins = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(bins);
        const peak = bins.reduce((best, level, bin) => level > bins[best] ? bin : best, 0);
        if (bins[peak] > -60) tones.push(Math.round(peak * audio.sampleRate / analyser.fftSize));
      }
    }
    return tones;
  };
})();
