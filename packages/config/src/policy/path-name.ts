import type { Path } from './policy-text.ts'

/** `people[1].slack` */
export const nameOf = (path: Path): string =>
  path.length === 0
    ? 'the policy'
    : path
        .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
        .join('')
        .replace(/^\./, '')
