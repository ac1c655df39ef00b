import type { HostPort } from '../config.ts'

const WRITTEN = /^(?:\[([0-9a-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/i
const HIGHEST_PORT = 65_535

/** Reads `127.0.0.1:2525`, `[::1]:2525` or `localhost:0`. Undefined for any other form. */
export function parseHostPort(text: string): HostPort | undefined {
  const [, v6, name, digits] = WRITTEN.exec(text) ?? []
  const host = v6 ?? name
  const port = Number(digits)
  return host === undefined || port > HIGHEST_PORT ? undefined : { host, port }
}
