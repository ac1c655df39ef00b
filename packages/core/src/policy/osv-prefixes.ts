/**
 * The id prefixes of databases that OSV has registered (https://ossf.github.io/osv-schema/#id-modified-fields). CVE and
 * GHSA are left out, because their ids are aliases.
 */
export const OSV_PREFIXES =
  'ASB-A PUB-A ALPINE ALSA ALBA ALEA AZL BELL BIT CGA CLEANSTART CLSA CURL DEBIAN DHI DRUPAL DSA DLA ELA DTSA ECHO EEF FreeBSD GO GSD HSEC JLSEC KUBE LBSEC LSN MAL MINI MGASA OESA OSEC OSV openSUSE-SU PHSA PSF PYSEC RHBA RHEA RHSA RLSA RXSA RSEC ROOT RUSTSEC SUSE-SU SUSE-RU SUSE-FU SUSE-OU UBUNTU USN V8'.split(
    ' ',
  )

export const isOsvPrefix = (text: string): boolean => OSV_PREFIXES.includes(text)
