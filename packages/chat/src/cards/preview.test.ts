import { BlobId, Sha256 } from '@embargo/core'
import { expect, it } from 'vitest'
import { untilReady } from '../../test/fixtures/until-ready.ts'
import { previewCard, previewFacts } from './preview.ts'

it('shows what to know before an approval', async () => {
  const house = await untilReady()
  const warnings = ['⚠ A range may be wrong: npm/quillmark has no version 4.1.']
  const preview = { digest: Sha256.parse('d'.repeat(64)), blob: BlobId.parse('shown'), sections: [], warnings }
  const card = previewCard({
    state: house.state(),
    title: 'publication',
    preview,
    part: 1,
    whole: true,
    warning: 'What is public stays public.',
    action: { label: 'Go on', verb: 'disclose' },
  })
  expect(card.fallback).toContain('npm/quillmark has no version 4.1.')
  expect(JSON.stringify(previewFacts({ ...preview, mails: [], documents: [] }, 'Public.'))).toContain('no version 4.1.')
})
