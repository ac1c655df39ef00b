import { join, relative, sep } from 'node:path'
import type { Config } from '@embargo/config'

/** Fixes the weakness in the invented report that `embargo report --practice` sends. */
export const PRACTICE_PATCH = `--- a/loader.py
+++ b/loader.py
@@ -1,2 +1,4 @@
 def load(name):
+    if '..' in name:
+        raise ValueError(name)
     return open(FOLDER / name).read()
`

/** The path of the sample patch for practice cases, as it is typed in this folder. */
export function practicePatch({ dataFolder }: Pick<Config, 'dataFolder'>): string {
  const file = join(dataFolder, 'practice.patch')
  const here = relative('.', file)
  return here.startsWith(`..${sep}`) ? file : here
}
