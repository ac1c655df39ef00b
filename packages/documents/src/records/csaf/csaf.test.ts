import { describe, expect, it } from 'vitest'
import { CASE_RECORD, EMPTY_RECORD } from '../../../test/case-record.ts'
import { csaf } from './csaf.ts'
import { documentOf, DRAFT_RECORD, hostedRecord, correctedRecord } from '../../../test/csaf-records.ts'

describe('a CSAF document', () => {
  it('says what is affected, what is fixed and what to do', () => {
    expect(documentOf(CASE_RECORD)).toMatchInlineSnapshot(`
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
    expect(documentOf(DRAFT_RECORD)).toMatchObject({
      document: {
        distribution: { text: 'Draft, not published: keep it secret.', tlp: { label: 'RED' } },
        tracking: { status: 'draft', version: '0', revision_history: [{ number: '0', summary: 'Draft' }] },
      },
    })
    expect(documentOf(DRAFT_RECORD)).not.toHaveProperty('vulnerabilities.0.release_date')
  })

  it('has the history of its revisions', () => {
    expect(documentOf(correctedRecord())).toMatchObject({
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
    expect(documentOf(CASE_RECORD, 'vex')).toMatchObject({
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
    const affected = hostedRecord().affected.slice(0, 1)
    expect(csaf({ ...CASE_RECORD, affected }, 'vex')).toEqual({
      ok: false,
      missing: [{ name: 'the fixed version of main', source: 'fixed-version', branch: 'main' }],
    })
  })
})
