const part = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options })
  return (at: number): string => format.format(at)
}

const clock = part({ hour: '2-digit', minute: '2-digit' })
const clockWithSeconds = part({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
const shortDay = part({ day: '2-digit', month: '2-digit', year: 'numeric' })
const day = part({ day: 'numeric', month: 'long', year: 'numeric' })
const weekday = part({ weekday: 'long' })

/** https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
const STYLES: Readonly<Record<string, (at: number) => string>> = {
  t: clock,
  T: clockWithSeconds,
  d: shortDay,
  D: day,
  f: (at) => `${day(at)} ${clock(at)}`,
  F: (at) => `${weekday(at)}, ${day(at)} ${clock(at)}`,
}

/** Writes out a `<t:…>` as it appears in a client that is set to British English and UTC. */
export const renderTime = (seconds: number, style = 'f'): string => STYLES[style]?.(seconds * 1000) ?? ''
