import { assertNever } from '../shared/assert-never.ts'
import type { Addressee } from './command.ts'

/** The key that names an addressee in events and effect ids. It never contains an address. */
export function addresseeKey(to: Addressee): string {
  switch (to.kind) {
    case 'report':
      return `report:${to.report}`
    case 'former':
      return `former:${to.report}`
    case 'recipient':
      return `recipient:${to.list}/${to.recipient}`
    case 'person':
      return `person:${to.person}`
    case 'vendor':
      return `vendor:${to.report}`
    case 'cna':
      return 'cna'
    case 'public':
      return `public:${to.list}`
    default:
      return assertNever(to)
  }
}
