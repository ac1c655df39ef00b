import type { RequiredApprover } from '@embargo/core'

type Second = RequiredApprover['mode']

export const proceedLabel = (second: Second): string => (second === 'second-look' ? 'Go on' : 'Ask the second person')

/** The answer to the caller after they pressed the preview's button. */
export const nextStepWords = (second: Second): string =>
  second === 'second-look'
    ? 'Look at it again later and approve it with the case number. Nothing goes out before that.'
    : 'A second person is asked. Nothing goes out before they approve.'
