import type { CaseRecord, Product } from '../../record.ts'
import { missingRanges } from '../affected-ranges.ts'
import { DRAFT_NOTE, missingFacts } from '../format.ts'
import type { FormatResult } from '../format.ts'
import { titleOf } from '../markdown.ts'
import { REFERENCES } from '../references.ts'
import { csafPath } from './csaf-path.ts'
import { csafProducts, productTree } from './product-tree.ts'
import { tracking } from './tracking.ts'
import type { CsafProfile } from './tracking.ts'
import { vulnerability } from './vulnerability.ts'

/**
 * The record as a CSAF 2.0 document. Its keys are in alphabetical order, as CSAF recommends (test 6.2.13). CSAF 2.0 has no place for a vector of CVSS 4.0, which is therefore in a note.
 * https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html
 */
export function csaf(record: CaseRecord, profile: CsafProfile): FormatResult<object> {
  const { product, impact } = record
  const publisher = product?.publisher
  const missing = missingFacts([
    { name: 'the publisher of the project in the policy', source: 'policy', isKnown: publisher !== undefined },
    ...missingRanges(record),
    { name: 'the impact', source: 'advisory', isKnown: impact !== undefined },
    ...record.affected.map(({ branch, fixed, fixedVersion }) => ({
      name: `the fixed version of ${branch}`,
      source: 'fixed-version' as const,
      branch,
      isKnown: fixed !== true || fixedVersion !== undefined || record.nothingToInstall === true,
    })),
  ])
  if (missing.length > 0 || product === undefined || publisher === undefined || impact === undefined)
    return { ok: false, missing }
  const products = csafProducts(record, product)
  const references = documentReferences(record, product, profile)
  return {
    ok: true,
    document: {
      document: {
        ...(record.severity === undefined ? {} : { aggregate_severity: { text: record.severity } }),
        category: profile === 'vex' ? 'csaf_vex' : 'csaf_security_advisory',
        csaf_version: '2.0',
        distribution: record.isPublished ? { tlp: { label: 'WHITE' } } : { text: DRAFT_NOTE, tlp: { label: 'RED' } },
        lang: 'en',
        publisher: {
          category: 'vendor',
          contact_details: record.contact,
          name: publisher.name,
          namespace: publisher.namespace,
        },
        ...(references.length === 0 ? {} : { references }),
        title: titleOf(record),
        tracking: tracking(record, profile),
      },
      product_tree: productTree(products, { ...product, vendor: product.vendor ?? publisher.name }),
      vulnerabilities: [vulnerability({ ...record, impact }, products)],
    },
  }
}

function documentReferences(record: CaseRecord, product: Product, profile: CsafProfile) {
  const site = product.publisher?.records
  return [
    ...record.references.map(({ kind, url }) => ({ category: 'external', summary: REFERENCES[kind].name, url })),
    ...(site === undefined
      ? []
      : [
          {
            category: 'self',
            summary: 'This document',
            url: `${site.replace(/\/$/u, '')}/${csafPath(record, profile)}`,
          },
        ]),
  ]
}
