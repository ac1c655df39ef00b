import { describe, expect, it } from 'vitest'
import { CASE_RECORD, EMPTY_RECORD } from '../../../test/case-record.ts'
import { csafFindings, failedTests } from '../../../test/csaf-validator.ts'
import type { CaseRecord } from '../../record.ts'
import { csaf } from './csaf.ts'
import type { CsafProfile } from './tracking.ts'

function written(record: CaseRecord, profile: CsafProfile = 'security-advisory'): object {
  const result = csaf(record, profile)
  if (!result.ok) throw new Error(`the record lacks ${result.missing.map(({ name }) => name).join(', ')}`)
  return result.document
}

const PROFILES = ['security-advisory', 'vex'] as const
const DRAFT: CaseRecord = { ...CASE_RECORD, isPublished: false, revisions: [] }

const withPackage = (own: { ecosystem: string; name: string; purl?: string }, range: string): CaseRecord => ({
  ...CASE_RECORD,
  affected: [{ branch: 'main', package: own, range, fixedVersion: '3', fixed: true }],
})

/** Records in which the schema, the mandatory tests and the optional tests find no problem. */
const COMPLETE: readonly (readonly [string, CaseRecord])[] = [
  ['with everything', CASE_RECORD],
  ['that is a draft', DRAFT],
  ['without ids', { ...CASE_RECORD, cve: undefined, ghsa: undefined }],
  ['of which hardly anything is stated', bare()],
  ['with an unfixed branch', unfixed()],
  ['of a hosted service', hosted()],
  ['with attacks and a public exploit', attacked()],
  ['with a weakness that our table does not have', { ...CASE_RECORD, cwe: { id: 9999, name: 'CWE-9999' } }],
  [
    'with versions of Debian',
    withPackage({ ecosystem: 'Debian:12', name: 'q', purl: 'pkg:deb/debian/q' }, '< 1:2.0-3'),
  ],
  [
    'with a scoped package and every sign of a version',
    withPackage({ ecosystem: 'npm', name: '@a/b' }, '>= 1.0~rc1+x, <= 2_0-3'),
  ],
  ['of all versions', withPackage({ ecosystem: 'Maven', name: 'org.q:q' }, '>= 0')],
  ['with the same versions in two branches', { ...CASE_RECORD, affected: twice() }],
  ['that was changed twice', changed()],
  ['that is withdrawn', { ...changed(), withdrawn: { at: changed().modified, reason: 'It is no vulnerability.' } }],
]

function attacked(): CaseRecord {
  const dates = { ...CASE_RECORD.dates, attacks: Date.UTC(2026, 6, 11), exploitPublic: Date.UTC(2026, 6, 12) }
  return { ...CASE_RECORD, dates }
}

function bare(): CaseRecord {
  const { workaround: _none, cwe: _no, references: _links, ...rest } = CASE_RECORD
  return {
    ...rest,
    references: [],
    credits: [],
    dates: { published: CASE_RECORD.dates.published },
    severity: undefined,
  }
}

function unfixed(): CaseRecord {
  const affected = CASE_RECORD.affected.map(({ fixedVersion: _none, ...row }) => ({ ...row, fixed: false }))
  return { ...CASE_RECORD, affected, workaround: undefined }
}

function hosted(): CaseRecord {
  const affected = unfixed().affected.map((row) => ({ ...row, fixed: true }))
  return { ...CASE_RECORD, affected, nothingToInstall: true }
}

function twice(): CaseRecord['affected'] {
  const row = CASE_RECORD.affected.slice(0, 1)
  return [...row, ...row.map((one) => ({ ...one, branch: 'next' }))]
}

function changed(): CaseRecord {
  const later = (days: number, summary: string) => ({ at: CASE_RECORD.modified + days * 86_400_000, summary })
  const revisions = [...CASE_RECORD.revisions, later(1, 'The CVE id is known'), later(9, '3.9 is affected too')]
  return { ...CASE_RECORD, revisions, modified: later(9, '').at }
}

describe.each(PROFILES)('the official validator, on the profile %s', (profile) => {
  it.each(COMPLETE)('finds nothing in a record %s', async (_name, record) => {
    expect(await csafFindings(written(record, profile))).toEqual([])
  })

  // Each exception has a reason: nobody stated what the test asks for, or CSAF 2.0 has no place for it.
  it.each<readonly [string, string, CaseRecord]>([
    [
      '6.2.3',
      'that has no CVSS 3.1 score, since CSAF 2.0 has no place for 4.0',
      { ...CASE_RECORD, cvss: { v40: CASE_RECORD.cvss.v40 } },
    ],
    ['6.2.11', 'whose publisher serves no records, so it has no address', withoutAddress()],
    ['6.2.16', 'of a product without packages, which no package URL identifies', withoutPackages()],
  ])('finds only %s in a record %s', async (test, _reason, record) => {
    expect(await failedTests(written(record, profile))).toEqual([test])
  })
})

function withoutAddress(): CaseRecord {
  const { product } = CASE_RECORD
  if (product === undefined) throw new Error('the sample has a product')
  return {
    ...CASE_RECORD,
    product: { ...product, publisher: { name: 'Quillmark', namespace: 'https://quillmark.example' } },
  }
}

function withoutPackages(): CaseRecord {
  const affected = CASE_RECORD.affected.map(({ package: _none, ...row }) => row)
  return { ...CASE_RECORD, affected }
}

describe('a CSAF document', () => {
  it('says what is affected, what is fixed and what to do', () => {
    expect(written(CASE_RECORD)).toMatchInlineSnapshot(`
      {
        "document": {
          "aggregate_severity": {
            "text": "high",
          },
          "category": "csaf_security_advisory",
          "csaf_version": "2.0",
          "distribution": {
            "tlp": {
              "label": "WHITE",
            },
          },
          "lang": "en",
          "publisher": {
            "category": "vendor",
            "contact_details": "security@quillmark.example",
            "name": "Quillmark Security",
            "namespace": "https://quillmark.example/",
          },
          "references": [
            {
              "category": "external",
              "summary": "Advisory",
              "url": "https://quillmark.example/security/SEC-2026-0042",
            },
            {
              "category": "external",
              "summary": "Release",
              "url": "https://quillmark.example/releases/4.2.7",
            },
            {
              "category": "self",
              "summary": "This document",
              "url": "https://quillmark.example/records/csaf/2026/sec-2026-0042.json",
            },
          ],
          "title": "Path traversal in Quillmark",
          "tracking": {
            "current_release_date": "2026-07-14T14:00:00.000Z",
            "id": "SEC-2026-0042",
            "initial_release_date": "2026-07-14T14:00:00.000Z",
            "revision_history": [
              {
                "date": "2026-07-14T14:00:00.000Z",
                "number": "1",
                "summary": "First publication",
              },
            ],
            "status": "final",
            "version": "1",
          },
        },
        "product_tree": {
          "branches": [
            {
              "branches": [
                {
                  "branches": [
                    {
                      "branches": [
                        {
                          "category": "product_version_range",
                          "name": "vers:npm/>=4.0.0|<4.2.7",
                          "product": {
                            "name": "npm/@quillmark/core >= 4.0.0, < 4.2.7",
                            "product_id": "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D4.0.0%7C%3C4.2.7",
                            "product_identification_helper": {
                              "purl": "pkg:npm/%40quillmark/core",
                            },
                          },
                        },
                        {
                          "category": "product_version",
                          "name": "4.2.7",
                          "product": {
                            "name": "npm/@quillmark/core 4.2.7",
                            "product_id": "pkg:npm/%40quillmark/core@4.2.7",
                            "product_identification_helper": {
                              "purl": "pkg:npm/%40quillmark/core@4.2.7",
                            },
                          },
                        },
                        {
                          "category": "product_version_range",
                          "name": "vers:npm/>=3.9.0|<=3.9.11",
                          "product": {
                            "name": "npm/@quillmark/core >= 3.9.0, <= 3.9.11",
                            "product_id": "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D3.9.0%7C%3C%3D3.9.11",
                            "product_identification_helper": {
                              "purl": "pkg:npm/%40quillmark/core",
                            },
                          },
                        },
                        {
                          "category": "product_version",
                          "name": "3.9.12",
                          "product": {
                            "name": "npm/@quillmark/core 3.9.12",
                            "product_id": "pkg:npm/%40quillmark/core@3.9.12",
                            "product_identification_helper": {
                              "purl": "pkg:npm/%40quillmark/core@3.9.12",
                            },
                          },
                        },
                      ],
                      "category": "product_name",
                      "name": "npm/@quillmark/core",
                    },
                    {
                      "branches": [
                        {
                          "category": "product_version_range",
                          "name": "vers:pypi/>=1.0|<1.4|0.9",
                          "product": {
                            "name": "PyPI/Quillmark_Py >= 1.0, < 1.4 || = 0.9",
                            "product_id": "pkg:pypi/quillmark-py?vers=vers:pypi/%3E%3D1.0%7C%3C1.4%7C0.9",
                            "product_identification_helper": {
                              "purl": "pkg:pypi/quillmark-py",
                            },
                          },
                        },
                        {
                          "category": "product_version",
                          "name": "1.4",
                          "product": {
                            "name": "PyPI/Quillmark_Py 1.4",
                            "product_id": "pkg:pypi/quillmark-py@1.4",
                            "product_identification_helper": {
                              "purl": "pkg:pypi/quillmark-py@1.4",
                            },
                          },
                        },
                      ],
                      "category": "product_name",
                      "name": "PyPI/Quillmark_Py",
                    },
                  ],
                  "category": "product_family",
                  "name": "Quillmark",
                },
              ],
              "category": "vendor",
              "name": "Quillmark maintainers",
            },
          ],
        },
        "vulnerabilities": [
          {
            "acknowledgments": [
              {
                "names": [
                  "Robin Example, of Example Labs",
                ],
              },
              {
                "names": [
                  "inkblot",
                ],
              },
            ],
            "cve": "CVE-1900-0042",
            "cwe": {
              "id": "CWE-22",
              "name": "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')",
            },
            "ids": [
              {
                "system_name": "Quillmark",
                "text": "SEC-2026-0042",
              },
              {
                "system_name": "GitHub",
                "text": "GHSA-2222-3333-4444",
              },
            ],
            "notes": [
              {
                "category": "description",
                "text": "By sending a document with a crafted attachment name, an attacker may write files outside of the folder that the reader chose.",
                "title": "Impact",
              },
              {
                "category": "details",
                "text": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N (7.1)",
                "title": "CVSS 4.0",
              },
            ],
            "product_status": {
              "fixed": [
                "pkg:npm/%40quillmark/core@4.2.7",
                "pkg:pypi/quillmark-py@1.4",
                "pkg:npm/%40quillmark/core@3.9.12",
              ],
              "known_affected": [
                "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D4.0.0%7C%3C4.2.7",
                "pkg:pypi/quillmark-py?vers=vers:pypi/%3E%3D1.0%7C%3C1.4%7C0.9",
                "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D3.9.0%7C%3C%3D3.9.11",
              ],
            },
            "release_date": "2026-07-14T14:00:00.000Z",
            "remediations": [
              {
                "category": "vendor_fix",
                "details": "Upgrade to 4.2.7.",
                "product_ids": [
                  "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D4.0.0%7C%3C4.2.7",
                ],
              },
              {
                "category": "vendor_fix",
                "details": "Upgrade to 1.4.",
                "product_ids": [
                  "pkg:pypi/quillmark-py?vers=vers:pypi/%3E%3D1.0%7C%3C1.4%7C0.9",
                ],
              },
              {
                "category": "vendor_fix",
                "details": "Upgrade to 3.9.12.",
                "product_ids": [
                  "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D3.9.0%7C%3C%3D3.9.11",
                ],
              },
              {
                "category": "workaround",
                "details": "Turn off "open attachments" in the settings.",
                "product_ids": [
                  "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D4.0.0%7C%3C4.2.7",
                  "pkg:pypi/quillmark-py?vers=vers:pypi/%3E%3D1.0%7C%3C1.4%7C0.9",
                  "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D3.9.0%7C%3C%3D3.9.11",
                ],
              },
            ],
            "scores": [
              {
                "cvss_v3": {
                  "baseScore": 6.5,
                  "baseSeverity": "MEDIUM",
                  "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N",
                  "version": "3.1",
                },
                "products": [
                  "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D4.0.0%7C%3C4.2.7",
                  "pkg:pypi/quillmark-py?vers=vers:pypi/%3E%3D1.0%7C%3C1.4%7C0.9",
                  "pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D3.9.0%7C%3C%3D3.9.11",
                ],
              },
            ],
          },
        ],
      }
    `)
  })

  it('says that it is a draft until it is published', () => {
    expect(written(DRAFT)).toMatchObject({
      document: {
        distribution: { text: 'Draft, not published: keep it secret.', tlp: { label: 'RED' } },
        tracking: { status: 'draft', version: '0', revision_history: [{ number: '0', summary: 'Draft' }] },
      },
    })
    expect(written(DRAFT)).not.toHaveProperty('vulnerabilities.0.release_date')
  })

  it('has the history of its revisions', () => {
    expect(written(changed())).toMatchObject({
      document: {
        tracking: {
          status: 'final',
          version: '3',
          initial_release_date: '2026-07-14T14:00:00.000Z',
          current_release_date: '2026-07-23T14:00:00.000Z',
          revision_history: [
            { number: '1', summary: 'First publication' },
            { number: '2', summary: 'The CVE id is known' },
            { number: '3', summary: '3.9 is affected too' },
          ],
        },
      },
    })
  })

  it('has another id as VEX, because a publisher’s ids are unique', () => {
    expect(written(CASE_RECORD, 'vex')).toMatchObject({
      document: { category: 'csaf_vex', tracking: { id: 'SEC-2026-0042-VEX' } },
    })
  })

  it('names facts that are missing', () => {
    expect(csaf(EMPTY_RECORD, 'vex')).toEqual({
      ok: false,
      missing: [
        { name: 'the publisher of the project in the policy', source: 'policy' },
        { name: 'an affected branch', source: 'affected-branch' },
        { name: 'the impact', source: 'advisory' },
      ],
    })
    const affected = hosted().affected.slice(0, 1)
    expect(csaf({ ...CASE_RECORD, affected }, 'vex')).toEqual({
      ok: false,
      missing: [{ name: 'the fixed version of main', source: 'fixed-version', branch: 'main' }],
    })
  })
})
