import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

export const oneLiveRelease: Gate = ({ release }) =>
  release !== undefined && (release.is === 'prenotified' || release.is === 'released')
    ? refuse(
        'one-live-release',
        `The pre-notification went out already, with release ${release.id}.`,
        nobody('wait for its date'),
      )
    : undefined
