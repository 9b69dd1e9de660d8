#pragma once

#include "emulator/record/redaction.hpp"
#include "tools/scenario/descriptors.hpp"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <set>

namespace understudy::redact {

/// The fields of messages that never reach the disk.
struct MessageFields {
    std::shared_ptr<const scenario::Descriptors> descriptors;
    std::set<const google::protobuf::FieldDescriptor*> fields;
};

/// Takes the fields out of bodies whose type is one of protobuf's and whose path names a method: bare messages, and
/// those in the envelopes of gRPC, gRPC-Web and Connect's streams. In a method's JSON, members with a field's name are
/// taken, in its file's spelling and in JSON's, at any depth of a message that may hold it. A body of protobuf's types
/// that cannot be read, because it is compressed or its method is none of the schema's, goes in whole: nobody can say
/// what is in it.
/// The details of errors are looked into, those at the end of streams and in trailers included. Tested by:
/// BodyRedaction.*
record::Redaction::Rewrite make_rewrite(MessageFields fields);

/// The same of header lines and trailers: of the details of an error of gRPC.
/// Tested by: HeaderRedaction.DetailsOfAnErrorOfGrpcAreLookedInto
record::Redaction::RewriteHeader make_header_rewrite(MessageFields fields);

}  // namespace understudy::redact
