export {
  base,
  contact,
  creditLine,
  cveIdOf,
  embargoTerms,
  fixedVersionsOf,
  nextWordBy,
  nothingToRelease,
  patchOf,
  recordOf,
  reportOf,
  secrecyOf,
} from '@embargo/letters'
