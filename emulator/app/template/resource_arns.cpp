#include "emulator/app/template/resource_arns.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

// Source: docs.aws.amazon.com/service-authorization/latest/reference, "Resource types defined by" each service; the
// time of a stream is made up.
constexpr std::array kArnForms{
    ArnForm{"AWS::DynamoDB::Table", "Arn", "TableName", "dynamodb:{region}:{account}:table/{name}"},
    ArnForm{"AWS::DynamoDB::Table", "StreamArn", "TableName",
            "dynamodb:{region}:{account}:table/{name}/stream/2024-01-01T00:00:00.000"},
    ArnForm{"AWS::DynamoDB::GlobalTable", "Arn", "TableName", "dynamodb:{region}:{account}:table/{name}"},
    ArnForm{"AWS::DynamoDB::GlobalTable", "StreamArn", "TableName",
            "dynamodb:{region}:{account}:table/{name}/stream/2024-01-01T00:00:00.000"},
    ArnForm{"AWS::Serverless::SimpleTable", "Arn", "TableName", "dynamodb:{region}:{account}:table/{name}"},
    ArnForm{"AWS::S3::Bucket", "Arn", "BucketName", "s3:::{name}"},
    ArnForm{"AWS::StepFunctions::StateMachine", "Arn", "StateMachineName",
            "states:{region}:{account}:stateMachine:{name}"},
    ArnForm{"AWS::Serverless::StateMachine", "Arn", "Name", "states:{region}:{account}:stateMachine:{name}"},
    ArnForm{"AWS::Kinesis::Stream", "Arn", "Name", "kinesis:{region}:{account}:stream/{name}"},
    ArnForm{"AWS::KinesisFirehose::DeliveryStream", "Arn", "DeliveryStreamName",
            "firehose:{region}:{account}:deliverystream/{name}"},
    ArnForm{"AWS::Events::Rule", "Arn", "Name", "events:{region}:{account}:rule/{name}"},
    ArnForm{"AWS::Events::EventBus", "Arn", "Name", "events:{region}:{account}:event-bus/{name}"},
    ArnForm{"AWS::Cognito::UserPool", "Arn", "", "cognito-idp:{region}:{account}:userpool/{name}"},
    ArnForm{"AWS::IAM::Role", "Arn", "RoleName", "iam::{account}:role/{name}"},
    ArnForm{"AWS::Logs::LogGroup", "Arn", "LogGroupName", "logs:{region}:{account}:log-group:{name}:*"},
    ArnForm{"AWS::KMS::Key", "Arn", "", "kms:{region}:{account}:key/{name}"},
};

}  // namespace

const ArnForm* find_arn_form(std::string_view type, std::string_view attribute) {
    const auto known = std::ranges::find_if(
        kArnForms, [&](const ArnForm& form) { return form.type == type && form.attribute == attribute; });
    return known == kArnForms.end() ? nullptr : &*known;
}

std::string fill_arn(const ArnForm& form, std::string_view region, std::string_view account, std::string_view name) {
    std::string arn = "arn:aws:" + std::string(form.form);
    const auto put = [&arn](std::string_view variable, std::string_view value) {
        if (const std::size_t at = arn.find(variable); at != std::string::npos) arn.replace(at, variable.size(), value);
    };
    put("{region}", region);
    put("{account}", account);
    put("{name}", name);
    return arn;
}

}  // namespace understudy::app::templates
