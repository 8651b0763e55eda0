package io.plabble.samples.webflux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service; without configuration with a Plabble server of its own. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class NoticeBoardApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(NoticeBoardApplication.class, arguments);
    }
}
