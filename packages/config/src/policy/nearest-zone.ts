import { nearest } from '../problems/nearest.ts'

/** The time zone that was probably meant. People write its full name or only its city. */
export function nearestZone(written: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone')
  const whole = nearest(written, zones)
  if (whole !== undefined) return whole
  const city = nearest(
    cityOf(written),
    zones.map(cityOf).filter((name) => name.length >= SHORTEST_CITY),
  )
  return city === undefined ? undefined : zones.find((zone) => cityOf(zone) === city)
}

/** Cities with shorter names are not compared with the text, because a short name resembles almost any text. */
const SHORTEST_CITY = 4

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll(' ', '_')
