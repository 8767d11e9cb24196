let audio: AudioContext | null = null;

/** Two short notes; nothing where the browser has not been touched yet, or has no sound. */
export function soundHands(): void {
  if (typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  const { currentTime, destination } = audio;
  for (const [index, frequency] of [660, 880].entries()) {
    const begin = currentTime + index * 0.16;
    const note = new OscillatorNode(audio, { type: 'sine', frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setTargetAtTime(0.15, begin, 0.01);
    volume.gain.setTargetAtTime(0, begin + 0.12, 0.03);
    note.connect(volume).connect(destination);
    note.start(begin);
    note.stop(begin + 0.3);
  }
}
