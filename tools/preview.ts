// Writes pages that show every card and every form as each platform draws them: `npm run preview [folder]`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileOf, LOOKS, page } from './preview/page.ts'
import { everyCardAndForm } from './preview/gallery.ts'

const folder = resolve(process.argv[2] ?? 'preview')
mkdirSync(folder, { recursive: true })
const shown = await everyCardAndForm()
for (const look of LOOKS) writeFileSync(join(folder, fileOf(look)), page(shown, look))
process.stdout.write(
  `${shown.cards.length} cards and ${shown.forms.length} forms: open ${join(folder, 'index.html')}\n`,
)
