import { CveId } from '@embargo/core'
import { expect, it } from 'vitest'
import { lateCveCard } from '../../src/cards/late-cve.ts'
import { SmallHouse } from '../fixtures/small-house.ts'

it('lets the --yes of the terminal record a late CVE id, as its button does', () => {
  const card = lateCveCard(new SmallHouse().opens().state(), { cve: CveId.parse('CVE-1900-0042') })
  expect(card.actions).toMatchObject([{ label: 'Record it', input: { what: 'set', sure: 'yes' } }])
})
