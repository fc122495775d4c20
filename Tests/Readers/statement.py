"""Checks a signed statement with programs that know nothing of smtpspec, and prints what it says as one JSON object.

  statement.py ENVELOPE PUBLIC-KEY

A signature, an envelope or a statement that they refuse ends this with a traceback and status 1.
"""

import json
import sys

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from google.protobuf import json_format
from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey


def main(path, key_path):
    with open(key_path, "rb") as file:
        public = load_pem_public_key(file.read())
    with open(path) as file:
        read = json.load(file)
    keyid = read["signatures"][0]["keyid"]
    envelope = Envelope.from_dict(read)
    accepted = envelope.verify([SSlibKey.from_crypto(public, keyid=keyid)], threshold=1)
    assert list(accepted) == [keyid], accepted
    assert envelope.payload_type == "application/vnd.in-toto+json", envelope.payload_type
    # The parser of protocol buffers takes no field that the specification does not have.
    proto = json_format.Parse(envelope.payload, statement_pb2.Statement())
    Statement.copy_from_pb(proto).validate()
    assert proto.predicate_type == "https://in-toto.io/attestation/test-result/v0.1", proto.predicate_type
    result = json_format.Parse(json_format.MessageToJson(proto.predicate), test_result_pb2.TestResult())
    print(
        json.dumps(
            {
                "subject": {subject.name: subject.digest["sha256"] for subject in proto.subject},
                "result": result.result,
                "passed": list(result.passed_tests),
                "warned": list(result.warned_tests),
                "failed": list(result.failed_tests),
                "configuration": {one.name: one.digest["sha256"] for one in result.configuration},
            }
        )
    )


main(*sys.argv[1:])
