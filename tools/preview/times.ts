import { distance, instant } from '@embargo/core'

/** The pages show times as a reader in central Europe sees them. */
const ZONE = 'Europe/Berlin'

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: ZONE })
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: ZONE })

/** A platform's timestamp in seconds, as the platform's client shows it to a reader in `ZONE`. */
export const dayOf = (seconds: number): string => DAY.format(seconds * 1000)
export const clockOf = (seconds: number): string => CLOCK.format(seconds * 1000)

/** The time at which most cards of the gallery are drawn. */
const READ_AT = instant(Date.UTC(2026, 4, 25, 11))

export const distanceOf = (seconds: number): string => distance(instant(seconds * 1000), READ_AT)
