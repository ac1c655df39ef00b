/**
 * A metric with its possible values, and whether a vector must have it. Metrics are in the order of the specification.
 */
export type Metric = { name: string; values: readonly string[]; required: boolean }

export type CvssVersion = '3.1' | '4.0'

/** CVSS v3.1 specification, section 6, table 15. Any order of the metrics is valid. */
const V31: readonly Metric[] = [
  ...required({ AV: 'N A L P', AC: 'L H', PR: 'N L H', UI: 'N R', S: 'U C', C: 'H L N', I: 'H L N', A: 'H L N' }),
  ...optional({ E: 'X H F P U', RL: 'X U W T O', RC: 'X C R U' }),
  ...optional({ CR: 'X H M L', IR: 'X H M L', AR: 'X H M L' }),
  ...optional({ MAV: 'X N A L P', MAC: 'X L H', MPR: 'X N L H', MUI: 'X N R', MS: 'X U C' }),
  ...optional({ MC: 'X H L N', MI: 'X H L N', MA: 'X H L N' }),
]

/** CVSS v4.0 specification, section 7, table 23. The order of the metrics is fixed. */
const V40: readonly Metric[] = [
  ...required({ AV: 'N A L P', AC: 'L H', AT: 'N P', PR: 'N L H', UI: 'N P A' }),
  ...required({ VC: 'H L N', VI: 'H L N', VA: 'H L N', SC: 'H L N', SI: 'H L N', SA: 'H L N' }),
  ...optional({ E: 'X A P U', CR: 'X H M L', IR: 'X H M L', AR: 'X H M L' }),
  ...optional({ MAV: 'X N A L P', MAC: 'X L H', MAT: 'X N P', MPR: 'X N L H', MUI: 'X N P A' }),
  ...optional({ MVC: 'X H L N', MVI: 'X H L N', MVA: 'X H L N', MSC: 'X H L N', MSI: 'X S H L N', MSA: 'X S H L N' }),
  ...optional({ S: 'X N P', AU: 'X N Y', R: 'X A U I', V: 'X D C', RE: 'X L M H', U: 'X Clear Green Amber Red' }),
]

export const METRICS: Record<CvssVersion, readonly Metric[]> = { '3.1': V31, '4.0': V40 }

function required(table: Record<string, string>): Metric[] {
  return metrics(table, true)
}

function optional(table: Record<string, string>): Metric[] {
  return metrics(table, false)
}

function metrics(table: Record<string, string>, isRequired: boolean): Metric[] {
  return Object.entries(table).map(([name, values]) => ({ name, values: values.split(' '), required: isRequired }))
}
