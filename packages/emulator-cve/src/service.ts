import { randomUUID } from 'node:crypto'
import { Changes } from '@embargo/emulator-kit'
import type { JsonObject } from '@embargo/emulator-kit'
import type { CveEmulatorOptions } from './options.ts'

export type Organization = {
  readonly shortName: string
  readonly uuid: string
  readonly isCna: boolean
  quota: number
  readonly users: readonly { readonly name: string; readonly key: string; readonly isActive: boolean }[]
}

export type AssignedId = {
  readonly id: string
  readonly owner: Organization
  readonly requestedBy: string
  readonly reservedAt: number
  modifiedAt: number
  state: 'RESERVED' | 'PUBLISHED' | 'REJECTED'
}

/**
 * Every id has the year 1900, even if another year was requested. No CNA can have assigned such an id, so no id in a
 * test is the id of a real vulnerability.
 */
const SAMPLE_YEAR = '1900'
const FIRST_NUMBER = 1001

/** The state of the service, which tests may read and change. */
export class CveService {
  readonly organizations: readonly Organization[]
  readonly ids = new Map<string, AssignedId>()
  /** The records, as the service gives them to everybody. */
  readonly records = new Map<string, JsonObject>()
  readonly changes = new Changes()
  readonly now: () => number
  readonly pageSize: number
  #number = FIRST_NUMBER

  constructor({ organizations, now = Date.now, pageSize = 500 }: CveEmulatorOptions) {
    this.now = now
    this.pageSize = pageSize
    this.organizations = organizations.map(({ shortName, quota, users, isCna = true }) => ({
      shortName,
      uuid: randomUUID(),
      isCna,
      quota,
      users: users.map(({ name, key, isActive = true }) => ({ name, key, isActive })),
    }))
  }

  reservedBy(owner: Organization): readonly AssignedId[] {
    return [...this.ids.values()].filter((one) => one.owner === owner && one.state === 'RESERVED')
  }

  /** Reserves ids with numbers that follow one another. */
  reserve(owner: Organization, requestedBy: string, amount: number): readonly AssignedId[] {
    const now = this.now()
    return Array.from({ length: amount }, () => {
      const id = `CVE-${SAMPLE_YEAR}-${this.#number++}`
      const one: AssignedId = { id, owner, requestedBy, reservedAt: now, modifiedAt: now, state: 'RESERVED' }
      this.ids.set(id, one)
      return one
    })
  }
}
