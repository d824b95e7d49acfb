/** API Gateway takes frames up to this size; a longer message must come in several. */
const MAX_FRAME_BYTES = 32 * 1024;

/** Follows the frame headers of a client's bytes and calls `tooLong` at the first frame above the limit. */
export function watchFrames(tooLong: () => void): (chunk: Buffer) => void {
  let header = Buffer.alloc(0);
  let skip = 0;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (skip > 0) {
        const passed = Math.min(skip, rest.length);
        skip -= passed;
        rest = rest.subarray(passed);
        continue;
      }
      header = Buffer.concat([header, rest.subarray(0, 1)]);
      rest = rest.subarray(1);
      const size = payloadSize(header);
      if (size === undefined) continue;
      if (size > MAX_FRAME_BYTES) return tooLong();
      skip = size;
      header = Buffer.alloc(0);
    }
  };
}

/** Length of the payload once the header, mask included, is complete. */
function payloadSize(header: Buffer): number | undefined {
  const second = header[1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  const extended = short === 127 ? 8 : short === 126 ? 2 : 0;
  const mask = second & 0x80 ? 4 : 0;
  if (header.length < 2 + extended + mask) return undefined;
  if (extended === 0) return short;
  return extended === 2 ? header.readUInt16BE(2) : Number(header.readBigUInt64BE(2));
}
