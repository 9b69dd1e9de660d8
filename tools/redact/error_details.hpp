#pragma once

#include "emulator/record/json_text.hpp"

#include <google/protobuf/descriptor.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::redact {

/// A detail of an error of Connect [connectrpc.com/docs/protocol, "Error End-Stream"]: the name of its message, and
/// where its bytes stand in base64, quotes not included.
struct ErrorDetail {
    std::string type;
    std::size_t begin = 0;
    std::size_t end = 0;
};
/// Those of a JSON text that is such an error; empty where it is none.
std::vector<ErrorDetail> find_error_details(std::string_view json);
/// Those of the JSON in which a stream of Connect ends: its member `error` is such an error.
std::vector<ErrorDetail> find_stream_error_details(std::string_view json);

/// The base64 of a detail without what must not be written; what cannot be read goes in whole. Names of what was taken
/// are added to `taken`. The type is the pool's; one that it does not know stays.
/// Tested by: BodyRedaction.DetailsOfAnErrorOfConnectAreLookedInto
std::string redact_error_detail(const ErrorDetail& detail, std::string_view base64,
                                const google::protobuf::DescriptorPool& pool,
                                const std::set<const google::protobuf::FieldDescriptor*>& fields,
                                std::set<std::string>& taken);

/// google.rpc.Status, which a pool need not know (googleapis/googleapis google/rpc/status.proto); the details of one
/// that is made are of the pool's types. Tested by: HeaderRedaction.DetailsOfAnErrorOfGrpcAreLookedInto
class RpcStatus {
  public:
    /// Lifetime: `pool` outlives this.
    explicit RpcStatus(const google::protobuf::DescriptorPool& pool);

    /// Null where the pool has something else in its place.
    const google::protobuf::Descriptor* type() const { return type_; }

  private:
    std::shared_ptr<google::protobuf::DescriptorPool> made_;
    const google::protobuf::Descriptor* type_;
};

/// The same of `grpc-status-details-bin`: a google.rpc.Status in base64, padded or not
/// (github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, "Responses").
/// Tested by: BodyRedaction.DetailsInTrailersOfGrpcWebAreLookedInto
std::string redact_status_details(std::string_view base64, const RpcStatus& status,
                                  const std::set<const google::protobuf::FieldDescriptor*>& fields,
                                  std::set<std::string>& taken);
/// Whether a header or trailer of that name holds such details, in whatever case.
bool is_status_details_name(std::string_view name);

}  // namespace understudy::redact
