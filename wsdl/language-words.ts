/** A text of words as a set. */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Java's keywords and literals (Java Language Specification §3.9). */
export const javaWords = words(`
  abstract assert boolean break byte case catch char class const continue default do double else enum extends
  false final finally float for goto if implements import instanceof int interface long native new null package
  private protected public return short static strictfp super switch synchronized this throw throws transient true
  try void volatile while
`);

/** Go's keywords (Go specification, "Keywords"). */
export const goWords = words(`
  break default func interface select case defer go map struct chan else goto package switch const fallthrough if
  range type continue for import return var
`);

/** The types of XML Schema that gowsdl takes for built-in ones whatever their namespace, in small letters. */
export const gowsdlTypes = words(`
  string token float double decimal integer int short byte long boolean datetime date time base64binary hexbinary
  unsignedint unsignedshort unsignedbyte unsignedlong anytype ncname anyuri
`);

/** Macros that the headers of gSOAP define, from ISO C's, errno.h's and the compiler's own: no member of a C struct can have their names. */
export const cMacros = words(`
  BUFSIZ CHAR_BIT CHAR_MAX CHAR_MIN CLOCKS_PER_SEC DBL_DIG DBL_EPSILON DBL_MANT_DIG DBL_MAX DBL_MAX_10_EXP
  DBL_MAX_EXP DBL_MIN DBL_MIN_10_EXP DBL_MIN_EXP DECIMAL_DIG E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EADV
  EAFNOSUPPORT EAGAIN EALREADY EBADE EBADF EBADFD EBADMSG EBADR EBADRQC EBADSLT EBFONT EBUSY ECANCELED ECHILD
  ECHRNG ECOMM ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDEADLOCK EDESTADDRREQ EDOM EDOTDOT EDQUOT EEXIST
  EFAULT EFBIG EHOSTDOWN EHOSTUNREACH EHWPOISON EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR EISNAM
  EKEYEXPIRED EKEYREJECTED EKEYREVOKED EL2HLT EL2NSYNC EL3HLT EL3RST ELIBACC ELIBBAD ELIBEXEC ELIBMAX ELIBSCN
  ELNRNG ELOOP EMEDIUMTYPE EMFILE EMLINK EMSGSIZE EMULTIHOP ENAMETOOLONG ENAVAIL ENETDOWN ENETRESET ENETUNREACH
  ENFILE ENOANO ENOBUFS ENOCSI ENODATA ENODEV ENOENT ENOEXEC ENOKEY ENOLCK ENOLINK ENOMEDIUM ENOMEM ENOMSG ENONET
  ENOPKG ENOPROTOOPT ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTNAM ENOTRECOVERABLE
  ENOTSOCK ENOTSUP ENOTTY ENOTUNIQ ENXIO EOF EOPNOTSUPP EOVERFLOW EOWNERDEAD EPERM EPFNOSUPPORT EPIPE EPROTO
  EPROTONOSUPPORT EPROTOTYPE ERANGE EREMCHG EREMOTE EREMOTEIO ERESTART ERFKILL EROFS ESHUTDOWN ESOCKTNOSUPPORT
  ESPIPE ESRCH ESRMNT ESTALE ESTRPIPE ETIME ETIMEDOUT ETOOMANYREFS ETXTBSY EUCLEAN EUNATCH EUSERS EWOULDBLOCK
  EXDEV EXFULL EXIT_FAILURE EXIT_SUCCESS FILENAME_MAX FLT_DIG FLT_EPSILON FLT_EVAL_METHOD FLT_MANT_DIG FLT_MAX
  FLT_MAX_10_EXP FLT_MAX_EXP FLT_MIN FLT_MIN_10_EXP FLT_MIN_EXP FLT_RADIX FLT_ROUNDS FOPEN_MAX FP_ILOGB0
  FP_ILOGBNAN FP_INFINITE FP_NAN FP_NORMAL FP_SUBNORMAL FP_ZERO HUGE_VAL HUGE_VALF HUGE_VALL INFINITY INT_MAX
  INT_MIN LDBL_DIG LDBL_EPSILON LDBL_MANT_DIG LDBL_MAX LDBL_MAX_10_EXP LDBL_MAX_EXP LDBL_MIN LDBL_MIN_10_EXP
  LDBL_MIN_EXP LLONG_MAX LLONG_MIN LONG_MAX LONG_MIN L_tmpnam MATH_ERREXCEPT MATH_ERRNO MB_CUR_MAX MB_LEN_MAX NAN
  NULL RAND_MAX SCHAR_MAX SCHAR_MIN SEEK_CUR SEEK_END SEEK_SET SHRT_MAX SHRT_MIN TMP_MAX UCHAR_MAX UINT_MAX
  ULLONG_MAX ULONG_MAX USHRT_MAX errno h_addr h_errno linux math_errhandling unix
`);

/** Go's own types that gowsdl leaves in small letters, so that a type of ours would stand in their place. */
export const goTypes = words('string float32 float64 int int8 int16 int32 int64 bool byte uint16 uint32');

/** What npm's soap looks up in plain objects or keeps in its client, where it puts the operations; `then` makes the client a promise. */
export const nodeSoapWords = words(`
  constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf attributes bodyAttributes
  emit httpClient soapHeaders then wsdl
`);

/** Methods of Java's Object without parameters, in small letters: no method of ours can have their place. */
export const javaMethods = words('clone finalize getclass hashcode notify notifyall tostring wait');

/** Members of .NET's SoapHttpClientProtocol, which proxies are made from. */
export const proxyMembers = words(`
  Abort AllowAutoRedirect ClientCertificates ConnectionGroupName Container CookieContainer Credentials DesignMode Discover
  Dispose EnableDecompression Events Finalize GetHashCode GetType MemberwiseClone PreAuthenticate Proxy RequestEncoding Site
  SoapVersion Timeout ToString UnsafeAuthenticatedConnectionSharing Url UseDefaultCredentials UserAgent
`);
