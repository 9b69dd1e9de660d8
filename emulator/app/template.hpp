#pragma once

#include "emulator/app/application.hpp"
#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy::app {

/// What a template's text does not say itself.
struct TemplateInputs {
    /// Where relative paths of the template begin: its own folder, absolute.
    std::string folder = {};
    /// Values for the template's parameters, before their `Default`; of equal names the last counts.
    std::vector<std::pair<std::string, std::string>> parameters = {};
    /// SAM's `--env-vars`: a mapping of function (logical id or name) to variables, or `Parameters` for all functions.
    std::optional<source::Document> environment = {};
    /// The text of a file by its absolute path: OpenAPI files and those of `AWS::Include`.
    /// Empty: every file is a problem.
    std::function<source::Result<std::string>(const std::string& path)> read_text = {};
    std::string region = "us-east-1";
    std::string account = "123456789012";
    std::string stack_name = "local";
};

/// A model or a pattern that a template names: only whoever compiles it can say whether it is one.
struct Expression {
    enum class Of : std::uint8_t {
        model,   ///< `model`
        token,   ///< `pattern`, which tokens must match.
        origin,  ///< `pattern`, which the origins match that a preflight repeats.
    };

    Of of = Of::model;
    std::string api_id = {};  ///< Of a model.
    std::string model = {};   ///< The name of one of the API's models.
    std::string pattern = {};
    source::Problem place = {};
};

/// An application as a template declares it.
struct TemplateApplication {
    Application application;
    /// What the template asks for and is not emulated, once each, in the order of the files' lines; texts of other
    /// files last. A function whose code is somewhere else (S3, an image) has neither `code` nor `command`.
    std::vector<source::Problem> notices = {};
    /// The files that were read beside the template, absolute, in the order of reading: what is to be watched.
    std::vector<std::string> files = {};
    /// What is still to be compiled, in the order of reading.
    std::vector<Expression> expressions = {};
};

/// An application, or all that is wrong with its template, by line.
using TemplateResult = boost::system::result<TemplateApplication, source::Problems>;

/// Reads a SAM or CloudFormation template, in YAML or JSON, as SAM's translator and CloudFormation resolve it.
/// The code of functions is named and not looked for.
///
/// Errors: what SAM or CloudFormation would refuse too: unknown keys of SAM's types and of Globals, references to
/// nothing, parameters without a value; and files that cannot be read. Nearly all have a place in a file. All that is
/// wrong is told, by line; what only follows from a mistake is not.
TemplateResult read_template(const source::Document& document, const TemplateInputs& inputs);

/// Reads an OpenAPI 3 or Swagger 2 document with API Gateway's extensions as one API with the stage `$default` (http)
/// or `prod` (rest). `kind` is `rest` or `http`; none: http where the document uses what only an HTTP API has.
/// The functions its integrations name are in the application without `code`, for the caller to fill in.
///
/// Errors: no OpenAPI document, or one that API Gateway would not import.
TemplateResult read_openapi(const source::Document& document, std::optional<ApiKind> kind,
                            const TemplateInputs& inputs);

}  // namespace understudy::app
