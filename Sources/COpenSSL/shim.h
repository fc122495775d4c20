#pragma once
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// What OpenSSL offers only as a macro, or through a typed stack, and Swift therefore cannot see.

static inline int copenssl_set_server_name(SSL *ssl, const char *name) {
  return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline int copenssl_set_protocols(SSL *ssl, int minimum, int maximum) {
  return SSL_set_min_proto_version(ssl, minimum) == 1 && SSL_set_max_proto_version(ssl, maximum) == 1;
}

/// The name of the group the key exchange used, or NULL where there was none (RSA key transport).
static inline const char *copenssl_group_name(SSL *ssl) {
  long group = SSL_get_negotiated_group(ssl);
  return group == 0 ? NULL : SSL_group_to_name(ssl, (int)group);
}

static inline int copenssl_chain_count(SSL *ssl) {
  STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
  return chain == NULL ? 0 : sk_X509_num(chain);
}

/// Borrowed: it lives as long as the session.
static inline X509 *copenssl_chain_item(SSL *ssl, int index) {
  STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
  return chain == NULL ? NULL : sk_X509_value(chain, index);
}

static inline int copenssl_error_reason(unsigned long error) { return ERR_GET_REASON(error); }

/// Whether an error is one of the system's, whose reason is its number.
static inline int copenssl_is_system_error(unsigned long error) { return ERR_SYSTEM_ERROR(error) != 0; }

static inline void copenssl_set_application_data(SSL_CTX *context, void *data) { SSL_CTX_set_app_data(context, data); }

static inline void *copenssl_application_data(const SSL *ssl) { return SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)); }

static inline EVP_PKEY *copenssl_new_p256_key(void) { return EVP_EC_gen("P-256"); }

/// The subject alternative names of a certificate, to be freed with `copenssl_names_free`.
static inline GENERAL_NAMES *copenssl_names(const X509 *certificate) {
  return (GENERAL_NAMES *)X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
}

static inline int copenssl_names_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

/// The octets of one name and its kind (GEN_DNS or GEN_IPADD); -1 for every other kind.
static inline int copenssl_names_item(const GENERAL_NAMES *names, int index, const unsigned char **octets, int *length) {
  int kind = -1;
  const void *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, index), &kind);
  if (value == NULL || (kind != GEN_DNS && kind != GEN_IPADD)) { return -1; }
  *octets = ASN1_STRING_get0_data((const ASN1_STRING *)value);
  *length = ASN1_STRING_length((const ASN1_STRING *)value);
  return kind;
}

static inline void copenssl_names_free(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }

/// Adds one name; an address (4 or 16 octets, as `a2i_IPADDRESS` reads them) where `name` is one, else a DNS name.
static inline int copenssl_names_add(GENERAL_NAMES *names, const char *name) {
  GENERAL_NAME *item = GENERAL_NAME_new();
  if (item == NULL) { return 0; }
  ASN1_OCTET_STRING *address = a2i_IPADDRESS(name);
  if (address != NULL) {
    GENERAL_NAME_set0_value(item, GEN_IPADD, address);
  } else {
    ASN1_IA5STRING *text = ASN1_IA5STRING_new();
    if (text == NULL || ASN1_STRING_set(text, name, -1) != 1) {
      ASN1_IA5STRING_free(text);
      GENERAL_NAME_free(item);
      return 0;
    }
    GENERAL_NAME_set0_value(item, GEN_DNS, text);
  }
  if (sk_GENERAL_NAME_push(names, item) <= 0) {
    GENERAL_NAME_free(item);
    return 0;
  }
  return 1;
}

static inline GENERAL_NAMES *copenssl_names_new(void) { return GENERAL_NAMES_new(); }

static inline uint64_t copenssl_no_renegotiation(void) { return SSL_OP_NO_RENEGOTIATION; }

static inline uint64_t copenssl_no_ticket(void) { return SSL_OP_NO_TICKET; }

/// RFC 2253, with UTF-8 shown as it is and control characters escaped.
static inline unsigned long copenssl_name_style(void) { return XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB; }

static inline int copenssl_ascii(void) { return MBSTRING_ASC; }

static inline void copenssl_free(void *memory) { OPENSSL_free(memory); }

static inline int copenssl_add_chain(SSL_CTX *context, X509 *certificate) {
  return (int)SSL_CTX_add1_chain_cert(context, certificate);
}
