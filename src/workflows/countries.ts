/** ISO 3166-1: each country's two letters followed by its three. */
const codes = `
AFAFG AXALA ALALB DZDZA ASASM ADAND AOAGO AIAIA AQATA AGATG ARARG AMARM AWABW AUAUS ATAUT AZAZE BSBHS BHBHR
BDBGD BBBRB BYBLR BEBEL BZBLZ BJBEN BMBMU BTBTN BOBOL BQBES BABIH BWBWA BVBVT BRBRA IOIOT BNBRN BGBGR BFBFA
BIBDI CVCPV KHKHM CMCMR CACAN KYCYM CFCAF TDTCD CLCHL CNCHN CXCXR CCCCK COCOL KMCOM CGCOG CDCOD CKCOK CRCRI
CICIV HRHRV CUCUB CWCUW CYCYP CZCZE DKDNK DJDJI DMDMA DODOM ECECU EGEGY SVSLV GQGNQ ERERI EEEST SZSWZ ETETH
FKFLK FOFRO FJFJI FIFIN FRFRA GFGUF PFPYF TFATF GAGAB GMGMB GEGEO DEDEU GHGHA GIGIB GRGRC GLGRL GDGRD GPGLP
GUGUM GTGTM GGGGY GNGIN GWGNB GYGUY HTHTI HMHMD VAVAT HNHND HKHKG HUHUN ISISL ININD IDIDN IRIRN IQIRQ IEIRL
IMIMN ILISR ITITA JMJAM JPJPN JEJEY JOJOR KZKAZ KEKEN KIKIR KPPRK KRKOR KWKWT KGKGZ LALAO LVLVA LBLBN LSLSO
LRLBR LYLBY LILIE LTLTU LULUX MOMAC MGMDG MWMWI MYMYS MVMDV MLMLI MTMLT MHMHL MQMTQ MRMRT MUMUS YTMYT MXMEX
FMFSM MDMDA MCMCO MNMNG MEMNE MSMSR MAMAR MZMOZ MMMMR NANAM NRNRU NPNPL NLNLD NCNCL NZNZL NINIC NENER NGNGA
NUNIU NFNFK MKMKD MPMNP NONOR OMOMN PKPAK PWPLW PSPSE PAPAN PGPNG PYPRY PEPER PHPHL PNPCN PLPOL PTPRT PRPRI
QAQAT REREU ROROU RURUS RWRWA BLBLM SHSHN KNKNA LCLCA MFMAF PMSPM VCVCT WSWSM SMSMR STSTP SASAU SNSEN RSSRB
SCSYC SLSLE SGSGP SXSXM SKSVK SISVN SBSLB SOSOM ZAZAF GSSGS SSSSD ESESP LKLKA SDSDN SRSUR SJSJM SESWE CHCHE
SYSYR TWTWN TJTJK TZTZA THTHA TLTLS TGTGO TKTKL TOTON TTTTO TNTUN TRTUR TMTKM TCTCA TVTUV UGUGA UAUKR AEARE
GBGBR USUSA UMUMI UYURY UZUZB VUVUT VEVEN VNVNM VGVGB VIVIR WFWLF EHESH YEYEM ZMZMB ZWZWE
`;

const alpha3Of = new Map(codes.match(/[A-Z]{5}/g)?.map((code) => [code.slice(0, 2), code.slice(2)]));
const englishNames = new Intl.DisplayNames('en', { type: 'region' });
const alpha2Of = new Map([...alpha3Of].map(([two, three]) => [three, two]));

export function isCountry(code: string): boolean {
  return alpha3Of.has(code) || alpha2Of.has(code);
}

/** `USA` for `US` and for `USA`. */
export function alpha3(code: string): string {
  return alpha3Of.get(code) ?? code;
}

/** `US` for `US` and for `USA`. */
export function alpha2(code: string): string {
  return alpha2Of.get(code) ?? code;
}

/** `United States` for `US` and for `USA`. */
export function countryName(code: string): string {
  return englishNames.of(alpha2(code)) ?? code;
}

const codeOf = new Map([...alpha3Of.keys()].map((code) => [plainName(countryName(code)), code]));

/** `US` for `US`, `usa`, `United States` and `UNITED STATES`; undefined for what is neither a code nor an English name. */
export function countryCode(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return isCountry(code) ? alpha2(code) : codeOf.get(plainName(text));
}

function plainName(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}
