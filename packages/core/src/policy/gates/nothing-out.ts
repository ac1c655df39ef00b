import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Recipients who were told wait for a release: it is published or cancelled before the case goes another way. */
export const nothingOut: Gate = ({ release }) =>
  release?.is === 'prenotified'
    ? refuse(
        'fits-the-stage',
        'Pre-notifications are out, and who got them waits for the release.',
        nobody('the release is published or cancelled first'),
        { release: release.id },
      )
    : undefined
