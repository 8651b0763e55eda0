package io.plabble.samples.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Lets {@code --trust a.pem b.pem} mean {@code --trust a.pem --trust b.pem}, wherever the next argument can be nothing else: up to
 * HOST:PORT while that is missing, and without limit once the command has all its operands.
 */
final class SeveralValues implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's own stack
    public boolean preprocess(Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        int next = arguments.size() - 2;
        if (next >= 0 && isAnotherValue(arguments.get(next), command)) {
            arguments.add(next + 1, ((OptionSpec) option).longestName());
        }
        return false; // picocli goes on with what is there now
    }

    private static boolean isAnotherValue(String argument, CommandSpec command) {
        if (argument.startsWith("-") || Endpoint.tryParse(argument).isPresent()) {
            return false;
        }
        return command.positionalParameters().stream().allMatch(SeveralValues::isGiven)
                || command.positionalParameters().stream()
                        .anyMatch(operand -> operand.type() == Endpoint.class && !isGiven(operand));
    }

    private static boolean isGiven(PositionalParamSpec operand) {
        return !operand.originalStringValues().isEmpty() && !operand.isMultiValue();
    }
}
