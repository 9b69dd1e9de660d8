#pragma once

#include "proto/wire/reply_limit.hpp"
#include "proto/wire/status.hpp"

#include <logquery/v1/logquery.pb.h>

#include <filesystem>

namespace understudy::logquery {

/// Answers questions about the log files of one folder. The rules stand in proto/logquery/v1/logquery.proto.
///
/// Nothing is kept between calls: each one lists the folder anew, so that it sees lines and files added since.
/// A search reads a few blocks of a file, whatever its size.
/// Errors: `invalid_argument` names the field of the request; `failed_precondition` names the folder or the file that
/// cannot be read. The response is then unchanged.
/// Thread safety: calls may run at the same time.
class LogQueryService {
  public:
    /// `folder` is what LOGQUERY_LOGS says. It may be empty or missing: each call says so then.
    explicit LogQueryService(std::filesystem::path folder);

    wire::Status check_window(const ::logquery::v1::CheckWindowRequest& request,
                              ::logquery::v1::CheckWindowResponse& response) const;
    /// The response says that it is truncated rather than outgrow `limit`.
    wire::Status find_messages(const ::logquery::v1::FindMessagesRequest& request,
                               ::logquery::v1::FindMessagesResponse& response, const wire::ReplyLimit& limit) const;

  private:
    std::filesystem::path folder_;
};

}  // namespace understudy::logquery
