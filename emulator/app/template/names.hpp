#pragma once

#include "emulator/app/integration.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::app::templates {

/// So many lower-case letters and digits, told by a name alone: the same over every reload.
std::string make_id(std::string_view name, std::size_t length);

/// A path made absolute below a folder, without `.`, `..` and doubled slashes; no file is looked at.
std::string absolute_path(std::string_view folder, std::string_view path);
/// What stands before the last slash.
std::string folder_of(std::string_view path);

/// The base64 of a text, as `Fn::Base64` gives it.
std::string to_base64(std::string_view text);

/// The text without blanks at its ends.
std::string_view trim(std::string_view text);
/// The words of a text with single blanks between them.
std::vector<std::string_view> split_words(std::string_view text);
/// ASCII letters in upper or lower case, all else as it is.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

/// A static value of API Gateway's mappings without its quotes: `'*'` is `*`.
std::string unquote(std::string_view text);

/// Which function a text names.
struct LambdaTarget {
    std::string function = {};  ///< Empty where the text names none.
    std::string qualifier = {};
    TransferMode transfer = TransferMode::buffered;
};

/// Reads an integration's URI (`arn:aws:apigateway:…:lambda:path/…/functions/ARN/invocations`), a function's ARN, whole
/// or partial, or its bare name; `${stageVariables.x}` stays.
LambdaTarget parse_lambda_target(std::string_view text);

}  // namespace understudy::app::templates
