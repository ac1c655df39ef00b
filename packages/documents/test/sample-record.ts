import type { AdvisoryRecord } from '../src/record.ts'

const PATCH = `diff --git a/src/attachment.c b/src/attachment.c
@@ -41,3 +41,5 @@
   const char *name = header_value(part, "filename");
+  if (name == NULL || strchr(name, '/') != NULL)
+    return reject(part);
   return store(part, name);
`

/** An invented vulnerability of an invented project, with everything that a record can have. */
export const SAMPLE: AdvisoryRecord = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  component: 'attachment reader',
  impact:
    'By sending a document with a crafted attachment name, an attacker may write files outside of the folder that the reader chose.',
  workaround: 'Turn off "open attachments" in the settings.',
  severity: 'high',
  cvss: {
    v40: { vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N', score: 7.1 },
    v31: { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N', score: 6.5 },
  },
  cwe: { id: 22, name: "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')" },
  affected: [
    { branch: 'main', range: '4.0.0 to 4.2.6', fixedVersion: '4.2.7' },
    { branch: '3.9', range: '3.9.0 to 3.9.11', fixedVersion: '3.9.12' },
    { branch: '3.8', range: 'all of 3.8, no longer supported' },
  ],
  fixes: [
    { branch: 'main', sha256: '5d'.repeat(32), fileName: 'attachment-name.patch', patch: PATCH },
    { branch: '3.9', sha256: '7e'.repeat(32), fileName: 'attachment-name-3.9.patch', patch: PATCH },
  ],
  credits: [
    { kind: 'named', text: 'Robin Example, of Example Labs' },
    { kind: 'pseudonym', text: 'inkblot' },
  ],
  cve: 'CVE-1900-0042',
  dates: {
    reported: Date.parse('2026-06-01T14:00:00Z'),
    validated: Date.parse('2026-06-02T09:00:00Z'),
    fixReady: Date.parse('2026-06-20T11:00:00Z'),
    published: Date.parse('2026-07-14T14:00:00Z'),
  },
  references: [
    { kind: 'advisory', url: 'https://quillmark.example/security/SEC-2026-0042' },
    { kind: 'release', url: 'https://quillmark.example/releases/4.2.7' },
  ],
  contact: 'security@quillmark.example',
}

/** A second vulnerability of the same release, with as little as a record can have. */
export const SMALL_SAMPLE: AdvisoryRecord = {
  caseNumber: 'SEC-2026-0043',
  project: 'Quillmark',
  component: 'page cache',
  impact: 'By asking for many pages at once, an attacker may use up the memory of the server.',
  severity: 'moderate',
  cvss: {},
  affected: [{ branch: 'main', range: '4.1.0 to 4.2.6', fixedVersion: '4.2.7' }],
  fixes: [],
  credits: [],
  dates: { published: Date.parse('2026-07-14T14:00:00Z') },
  references: [],
  contact: 'security@quillmark.example',
}

/** The lines over 72 columns that contain no URL. A text should have no such line. */
export function wideLines(text: string): string[] {
  return text.split('\n').filter((line) => line.length > 72 && !line.includes('://'))
}
