/** Key and certificate of hooks.tickets.example, signed by itself and trusted by nobody: for tests alone. Valid for a hundred years. */
export const hooksCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdRytRqW6diHY/xjF
rgt8ogT3biYv8/P9sy1GTreRSJahRANCAARBDNyKo2fVlmu+7hMpOLuucsXeEYaE
tp5HRg3SK/LDNZyyKqkHHGlfMZe08wySlyHA0qQz6Il37h3pf1qKnvWU
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBuTCCAV+gAwIBAgIUBYmIFMgDqEknkxHHtQaG6/KZSfkwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVaG9va3MudGlja2V0cy5leGFtcGxlMCAXDTI2MTEyNjIzMDIz
OFoYDzIxMjYxMTAyMjMwMjM4WjAgMR4wHAYDVQQDDBVob29rcy50aWNrZXRzLmV4
YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARBDNyKo2fVlmu+7hMpOLuu
csXeEYaEtp5HRg3SK/LDNZyyKqkHHGlfMZe08wySlyHA0qQz6Il37h3pf1qKnvWU
o3UwczAdBgNVHQ4EFgQU670i1fdq7wE7COzZxrPaMFcG8U0wHwYDVR0jBBgwFoAU
670i1fdq7wE7COzZxrPaMFcG8U0wDwYDVR0TAQH/BAUwAwEB/zAgBgNVHREEGTAX
ghVob29rcy50aWNrZXRzLmV4YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIhAOePMsXP
1+QOSDjOb+PojbvVrC3QCZXVKOgkfqtBi5NSAiBNafAJNJlPgQP0CuucqG5wDcGz
URbfyMzLRC4WMZ+R+w==
-----END CERTIFICATE-----`,
}
