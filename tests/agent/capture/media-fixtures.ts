/** Media as the agent's encoders make it. */
import { ffmpeg } from '@/demo/media-probe'

/** One 20 ms packet a page. */
export const encodeTone = (hz: number, seconds: number): Buffer =>
  ffmpeg(['-f', 'lavfi', '-i', `sine=frequency=${hz}:sample_rate=48000:duration=${seconds}`, '-ac', '1', '-c:a', 'libopus', '-application', 'voip', '-frame_duration', '20', '-b:a', '24k', '-f', 'ogg', '-page_duration', '1000', 'pipe:1'])

/** A test picture at five frames a second, with a key frame every `keyEvery` frames. */
export const encodePicture = (seconds: number, keyEvery: number): Buffer =>
  ffmpeg(['-f', 'lavfi', '-i', `testsrc=size=320x180:rate=5:duration=${seconds}`, '-pix_fmt', 'yuv420p', '-vsync', 'vfr', '-enc_time_base', '1/1000', '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-g', String(keyEvery), '-f', 'ivf', 'pipe:1'])
