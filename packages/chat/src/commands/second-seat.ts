import type { Policy } from '@embargo/core'

type Second = Policy['approvals']['prenotify']

export const goOnLabel = (second: Second): string => (second === 'second-person' ? 'Ask the second person' : 'Go on')

/** What the caller reads after they pressed the preview's button. */
export const whatFollows = (second: Second): string =>
  second === 'second-person'
    ? 'A second person is asked. Nothing goes out before they approve.'
    : 'Look at it again later and approve it with the case number. Nothing goes out before that.'
