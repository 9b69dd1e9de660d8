#pragma once

#include "tools/event/making.hpp"

#include <string>
#include <vector>

namespace understudy::event_maker {

/// Records of a data stream, of one shard.
///
/// Rule: [docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html; localstack:
/// test_lambda_integration_kinesis.snapshot.json]. Tested by: EventMaker.AStreamsRecords
struct StreamRecords {
    std::string stream = "my-stream";
    std::string partition_key = "1";
    std::vector<std::string> data = {};  ///< Bytes.
};
/// The event, as JSON on one line.
std::string render(const StreamRecords& records, const Making& making);

/// A change of a table, with items in DynamoDB's own JSON: `{"id":{"S":"a"}}`.
///
/// Rule: [docs.aws.amazon.com/lambda/latest/dg/with-ddb.html; localstack:
/// test_lambda_integration_dynamodbstreams.snapshot.json]. `SizeBytes` counts the texts of keys and images, which is
/// near what AWS counts. Tested by: EventMaker.ATablesChange
struct TableChange {
    std::string table = "my-table";
    std::string operation = "INSERT";  ///< `INSERT`, `MODIFY`, `REMOVE`
    std::string keys = R"({"id":{"S":"1"}})";
    std::string new_image = {};  ///< Empty: the keys; there is none of what is removed.
    std::string old_image = {};  ///< The same the other way round.
};
/// The event, as JSON on one line.
std::string render(const TableChange& change, const Making& making);

}  // namespace understudy::event_maker
