// Sound as the wire carries it: PCM16 in base64. Pure.

const BLOCK = 0x8000;

/**
 * @param {ArrayBuffer} pcm
 * @returns {string} base64
 */
export function toBase64(pcm) {
  const bytes = new Uint8Array(pcm);
  let text = "";
  for (let at = 0; at < bytes.length; at += BLOCK) text += String.fromCharCode(...bytes.subarray(at, at + BLOCK));
  return btoa(text);
}

/**
 * @param {string} text base64
 * @returns {ArrayBuffer} whole samples; an odd last byte is dropped
 */
export function fromBase64(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length - (raw.length % 2));
  for (let at = 0; at < bytes.length; at++) bytes[at] = raw.charCodeAt(at);
  return bytes.buffer;
}

/**
 * A peak, 0 to 1, as a meter shows it: in decibels from -54 to 0, because that is how loudness feels.
 * @param {number} peak
 * @returns {number} 0 to 1
 */
export function meterLevel(peak) {
  if (peak <= 0) return 0;
  return Math.max(0, Math.min(1, 1 + (20 * Math.log10(peak)) / 54));
}
